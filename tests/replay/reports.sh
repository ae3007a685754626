#!/usr/bin/env bash
# reports.sh REPLAY FILE CODE TEXT: passes if `REPLAY FILE` ends with exit code CODE and says TEXT,
# and of differences (code 1) nothing but that one.
replay=$1 file=$2 code=$3 text=$4

output=$("$replay" "$file" 2>&1)
seen=$?
echo "$output"
if [ "$seen" -ne "$code" ]; then
    echo "exit code $seen, expected $code"
    exit 1
fi
if ! grep -qF -- "$text" <<<"$output"; then
    echo "it does not say: $text"
    exit 1
fi
if [ "$code" -eq 1 ] && [ "$(grep -c '^vector ' <<<"$output")" -ne 1 ]; then
    echo "it reports more than the one difference"
    exit 1
fi
