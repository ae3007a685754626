#!/usr/bin/env bash
# The suite's sources as MSVC sees them: clang in its mode, with Wine's headers for Windows' own, and
# no extension but the two that include/ntddstor takes over from Windows.
#
# usage: plain_c.sh SOURCE_DIR
set -euo pipefail

cd "$1/conformance"
headers=''
for folder in /usr/include/wine/wine /opt/wine-stable/include/wine; do
    [ ! -d "$folder/msvcrt" ] || headers=$folder
done
[ "$headers" ] || { echo "skipped: Wine's headers are not installed"; exit 77; }
# A case's own code knows no bitness; MinGW compiles it for both.
declare -A files=([x86_64]='*.c cases/*.c' [i686]='*.c')
for target in "${!files[@]}"; do
    for file in ${files[$target]}; do
        clang --target="$target-pc-windows-msvc" -fms-compatibility-version=19.30 -std=c11 \
            -fsyntax-only -Wall -Wextra -Wgnu -Wno-zero-length-array -Werror \
            -isystem "$headers/msvcrt" -isystem "$headers/windows" \
            -D_WIN32_WINNT=0x0502 -DWIN32_LEAN_AND_MEAN '-DHOLDFAST_VERSION="0"' \
            -I../include "$file"
    done
    echo "$target: all sources compile"
done
