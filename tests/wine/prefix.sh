# Sourced by the scripts of the wine layer: Wine in the layer's own prefix, and nothing of the caller's
# environment that would change what it does. Who sources it calls end_server at the end.
# shellcheck shell=bash disable=SC2034 # prefix and holdfast are used there

export WINEPREFIX=$HOLDFAST_TEST_PREFIX WINEDEBUG=-all WINEDLLPATH=$HOLDFAST_TEST_WINE_DIR
export WINEDLLOVERRIDES=mscoree,mshtml,winemenubuilder.exe=
unset DISPLAY WINE HOLDFAST_HOOK HOLDFAST_TRANSPORT "${!HOLDFAST_TRACE@}"
prefix=$WINEPREFIX
holdfast=$HOLDFAST_TEST_WINE_DIR/x86_64-windows/holdfast.exe
wine=/usr/lib/wine/wine64
[ -x "$wine" ] || wine=$(command -v wine)
wineserver=/usr/lib/wine/wineserver64
[ -x "$wineserver" ] || wineserver=$(command -v wineserver)

# Left alone, Debian's wineserver ends with its last program, and loses one that starts at that moment
# (docs/operations.md): one of 600 that follow each other in 20 ms. One that runs already stays as it is.
"$wineserver" -p60 || true
end_server() { "$wineserver" -k || true; }
