# Sourced by the scripts of the tests: how many seconds a test waits for what must come. patience.h is
# the same for programs, and says why.
# shellcheck shell=bash disable=SC2034 # patience is used there

patience=$((60 * ${HOLDFAST_TEST_PATIENCE:-1}))

# within_patience COMMAND...: runs it until it succeeds. Fails where it never does.
within_patience() {
    local from=$SECONDS
    until "$@"; do
        [ $((SECONDS - from)) -lt "$patience" ] || return 1
        sleep 0.05
    done
}
