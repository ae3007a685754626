# The machine's root when it is not the host's: one of the chroots of tests/chroot; sourced by ./machine.
# What the guest needs from the host is bound into it, in a mount namespace that ends with the machine.
# shellcheck shell=bash disable=SC2034,SC2154 # machine's variables, used there

chroots=$scripts/../chroot

root_is_missing() {
    [ -z "$root" ] || "$chroots/make" --check
}

# Goes on in a namespace of its own, with the same arguments.
enter_namespace() {
    if [ "${HOLDFAST_IN_NAMESPACE:-}" ]; then
        unset HOLDFAST_IN_NAMESPACE
        return
    fi
    HOLDFAST_IN_NAMESPACE=yes exec unshare --mount --propagation private "$0" "$@"
}

# A Wine prefix is of the Wine that made it.
make_prefix() {
    if [ "$root" ]; then
        "$chroots/run" "$(basename "$root")" --fresh-copy -- "$scripts/prefix" "$prefix"
    else
        "$scripts/prefix" "$prefix"
    fi
}

find_root() {
    "$chroots/make" "$(basename "$root")" || broken "there is no such root: $root"
    [ "$root" -ef "$build/chroot/$(basename "$root")" ] || misused "$root is none of tests/chroot's"
    root=$(cd "$root" && pwd)
}

bind_into_root() {
    mkdir -p "$root$1"
    mount --rbind "$1" "$root$1" || broken "$1 could not be shown in $root"
}

# The lock keeps others from making the chroot anew meanwhile.
furnish_root() {
    local folder
    exec 8<"$root.lock"
    flock -s 8
    for folder in "$(cd "$scripts/../.." && pwd)" "$build" "$HOLDFAST_WINE_DIR" "$modules" "$bed"; do
        bind_into_root "$folder"
    done
    [ -d "$root$PWD" ] || bind_into_root "$PWD"
    # A path without a space, for the kernel's command line.
    ln -s "$root" "$bed/root"
    guest_root=$bed/root
}

# Its folder is new for each run; those of the others stay.
clear_root() {
    umount -l "$root$bed"
    rmdir "$root$bed"
}
