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
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
options=(-fms-compatibility-version=19.30 -std=c11 -Wall -Wextra -Wgnu -Wno-zero-length-array -Werror
    -isystem "$headers/msvcrt" -isystem "$headers/windows"
    -D_WIN32_WINNT=0x0502 -DWIN32_LEAN_AND_MEAN '-DHOLDFAST_VERSION="0"' -I../include)
# windows.h is read once; that each file includes it shows in MinGW's build.
echo '#include <windows.h>' > "$work/windows.h"
# A case's own code knows no bitness; MinGW compiles it for both.
declare -A files=([x86_64]='*.c cases/*.c' [i686]='*.c')
for target in "${!files[@]}"; do
    compile=(clang "--target=$target-pc-windows-msvc" "${options[@]}")
    "${compile[@]}" -x c-header -o "$work/$target.pch" "$work/windows.h"
    # shellcheck disable=SC2086 # patterns
    printf '%s\0' ${files[$target]} |
        xargs -0 -P "$(nproc)" -n 20 "${compile[@]}" -fsyntax-only -include-pch "$work/$target.pch"
    echo "$target: all sources compile"
done
