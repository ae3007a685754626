# Sourced by ./dev: runs the steps of a command, shows how far each has come, and sums up at the end what
# failed, how to run just that again, and where the time went.
# shellcheck shell=bash

: "${log:?the folder for logs}"
steps=()     # "WORDS SECONDS s", each
test_logs=() # where ctest's output is, each
again=()     # what to type to run just that again which has failed

# How far the step is whose output is in that file: ninja's [3/10] or ctest's 3/10.
progress_of() {
    sed -nE 's:^\[([0-9]+)/([0-9]+)\].*:\1 of \2:p; s:^ *([0-9]+)/([0-9]+) Test .*:\1 of \2:p' "$1" |
        tail -n 1
}

# Every second on a terminal, else every half minute. It ends with ./dev, however that ends.
show_progress() { # words, file
    local from=$SECONDS every=30
    [ ! -t 1 ] || every=1
    while sleep $every && kill -0 $$ 2>/dev/null; do
        if [ -t 1 ]; then
            printf '\r%-40s %4d s  %-16s' "$1" $((SECONDS - from)) "$(progress_of "$2")"
        else
            printf '%-40s %4d s  %s\n' "$1" $((SECONDS - from)) "$(progress_of "$2")"
        fi
    done
}

# attempt NAME WORDS COMMAND...: one step. Its output is in NAME.log; where it fails, the end of that is shown.
attempt() {
    local name=$1 words=$2 from=$SECONDS code=0 watcher
    shift 2
    mkdir -p "$log"
    show_progress "$words" "$log/$name.log" &
    watcher=$!
    "$@" > "$log/$name.log" 2>&1 || code=$?
    kill $watcher 2>/dev/null
    wait $watcher 2>/dev/null
    [ ! -t 1 ] || printf '\r'
    steps+=("$words $((SECONDS - from)) s")
    if [ $code = 0 ]; then
        printf '%-40s %4d s  %-16s\n' "$words" $((SECONDS - from)) 'done'
        return 0
    fi
    printf '%-40s %4d s  %-16s\n' "$words" $((SECONDS - from)) 'failed'
    tail -n 30 "$log/$name.log" >&2
    echo "dev: '$*' failed; all of its output is in $log/$name.log" >&2
    return 1
}

# step NAME WORDS COMMAND...: one that the command cannot do without.
step() { attempt "$@" || exit 1; }

# show_tests FILE: ctest's lines with the time since ./dev began, without the starts; all of them go to FILE.
show_tests() {
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line" >&3
        [[ $line =~ ^\ +Start\ +[0-9]+: ]] || printf '%5d s  %s\n' $SECONDS "$line"
    done 3> "$1"
}

# The results in logs of ctest, a line each: SECONDS NAME RESULT. Whatever is neither passed nor skipped has
# failed: ctest has a dozen words for that.
results() { # files
    [ $# -eq 0 ] || awk '/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: .* sec/ {
        result = / Passed +[0-9.]+ sec/ ? "passed" : /[*]Skipped +[0-9.]+ sec/ ? "skipped" : "failed"
        print $(NF - 1), $4, result
    }' "$@"
}

names() { # result, files
    results "${@:2}" | awk -v result="$1" '$3 == result { print $2 }' | sort -u
}

# take_results FILE COMMAND: what failed there COMMAND runs again, with an argument that chooses it.
take_results() {
    local failed
    test_logs+=("$1")
    failed=$(names failed "$1" | paste -sd'|')
    [ -z "$failed" ] || again+=("$2 -R '^(${failed//./[.]})\$'")
}

# Fails where anything has failed, or, in CI, where a test was skipped: there it is missing.
sum_up() { # command
    local passed failed skipped code=0
    passed=$(results "${test_logs[@]}" | grep -c ' passed$' || true)
    failed=$(results "${test_logs[@]}" | grep -c ' failed$' || true)
    mapfile -t skipped < <(names skipped "${test_logs[@]}")
    printf '\nsteps:   %s' "${steps[0]}"
    [ ${#steps[@]} -lt 2 ] || printf ', %s' "${steps[@]:1}"
    printf '\nslowest: '
    results "${test_logs[@]}" | sort -rn | sed -n '1,10s/^\([^ ]*\) \([^ ]*\) .*/\2 \1 s/p' | paste -sd, | sed 's/,/, /g'
    [ ${#skipped[@]} -eq 0 ] || echo "skipped: ${skipped[*]}"
    if [ ${#again[@]} -gt 0 ]; then
        code=1
        echo 'failed; to run just that again:'
        printf '    %s\n' "${again[@]}"
    elif [ "${CI:-}" = true ] && [ ${#skipped[@]} -gt 0 ]; then
        code=1
        echo 'dev: tests were skipped, and in CI none may be' >&2
    fi
    echo "./dev $1 took $SECONDS s; logs are in $log"
    echo "$passed passed, $failed failed, ${#skipped[@]} skipped"
    return $code
}
