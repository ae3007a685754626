#!/usr/bin/env bash
# The suite is one file: it imports from no DLL that a Windows since Server 2003 does not have.
#
# usage: imports.sh PROGRAM...
set -euo pipefail

for program in "$@"; do
    mapfile -t dlls < <(objdump -p "$program" | sed -n 's/^\tDLL Name: //p' | tr '[:upper:]' '[:lower:]')
    echo "${program##*/}: ${dlls[*]}"
    [ ${#dlls[@]} -gt 0 ]
    for dll in "${dlls[@]}"; do
        case $dll in
        advapi32.dll | kernel32.dll | msvcrt.dll | shell32.dll | ws2_32.dll) ;;
        *) echo "$dll is not one that every Windows has"; exit 1 ;;
        esac
    done
done
