#!/bin/sh
# mutations_are_caught.sh HEADER INCLUDED_AS MUTATIONS COMMAND [ARGUMENT...]
# Proves that a check can fail. HEADER is spoilt by each line of MUTATIONS in turn, and COMMAND, which
# must find the spoilt copy as <INCLUDED_AS> through CPATH, must fail and say the line's first part:
#     what COMMAND must say | sed script that spoils the header
set -eu
header=$1 included_as=$2 mutations=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
copy=$work/include/$included_as
mkdir -p "$(dirname "$copy")"
CPATH=$work/include${CPATH:+:$CPATH}
export CPATH

cp "$header" "$copy"
if ! "$@" >"$work/said" 2>&1; then
    echo "the unspoilt header is refused:"
    cat "$work/said"
    exit 1
fi

caught=0 missed=0
while IFS='|' read -r message script; do
    message=${message% } script=${script# }
    sed -E "$script" "$header" >"$copy"
    verdict=missed
    if cmp -s "$header" "$copy"; then
        printf 'nothing to spoil: %s\n' "$script"
    elif "$@" >"$work/said" 2>&1; then
        printf 'not noticed: %s\n' "$script"
    elif ! grep -qF -- "$message" "$work/said"; then
        printf "noticed, but not as '%s': %s\n" "$message" "$script"
        cat "$work/said"
    else
        printf 'caught: %s\n' "$script"
        verdict=caught
    fi
    eval "$verdict=\$(($verdict + 1))"
done <"$mutations"
echo "$caught caught, $missed missed"
[ "$missed" -eq 0 ] && [ "$caught" -gt 0 ]
