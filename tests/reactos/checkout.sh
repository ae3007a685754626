# Sourced by the tests here: makes a stand-in for a ReactOS checkout.
# shellcheck shell=bash

tests=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
# shellcheck disable=SC2034
kit=$tests/../../reactos/kit

make_checkout() { # folder, older|newer (spec2def)
    mkdir -p "$1"
    cp -r "$tests/standin/." "$1"
    rm "$1"/*_spec2def.cmake
    cat "$tests/standin/$2_spec2def.cmake" >> "$1/sdk/cmake/gcc.cmake"
    git -C "$1" init -q
    git -C "$1" add -A
    git -C "$1" -c user.name=test -c user.email=test@localhost commit -q -m 'A checkout'
}
