#!/bin/sh
# layout_bytes.sh SOURCE COMPILER [FLAG...]
# Compiles layout_bytes.c and compares the image in its section with Windows' layout.
set -eu
source=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Little-endian numbers; a bit-field's first member in the low bits.
cat >"$work/expected" <<'END'
04 03 02 01 08 07 06 05 41 00 0b 0a
14 13 12 11 18 17 16 15 26 25 00 00
21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 16 2e 2f
31 32 33 34 35 36 37 38 41 42 43 44 45 46 47 48 51 52 53 54 85 55 56 57
64 63 62 61 00 65 66 67
END
expected=$(tr '\n' ' ' <"$work/expected" | sed 's/ *$//')

"$@" -c "$source" -o "$work/image.o"
# winegcc does not know -print-prog-name; its objects are the host's.
objcopy=$("$1" -print-prog-name=objcopy 2>"$work/ignored") && [ -n "$objcopy" ] || objcopy=objcopy
"$objcopy" -O binary -j layout "$work/image.o" "$work/image"
# COFF rounds a section's size up, hence the limit.
found=$(od -An -v -tx1 -N72 "$work/image" | tr -s ' \n' ' ' | sed 's/^ *//; s/ *$//')

if [ "$found" != "$expected" ]; then
    echo "layout differs from Windows'"
    echo "expected $expected"
    echo "found    $found"
    exit 1
fi
