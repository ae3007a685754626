# The machine as a process: user-mode Linux over hostfs; sourced by ../machine.
# shellcheck shell=bash disable=SC2034,SC2154 # machine's variables, used there

modules=/usr/lib/uml/modules
terminal_device=/dev/tty0

kernel_is_missing() {
    [ -x /usr/bin/linux.uml ] || echo 'user-mode Linux is not installed; run ./dev setup'
}

# Linux 6.1's UML cannot start on processors with AMX without help; uml_xstate.c says why.
prepare_kernel() {
    preload=$build/bed/uml_xstate.so
    [ "$preload" -nt "$scripts/uml_xstate.c" ] && return
    mkdir -p "$build/bed" || broken "cannot write to $build/bed"
    cc -std=c11 -O2 -shared -fPIC -o "$preload.$$" "$scripts/uml_xstate.c" ||
        broken 'uml_xstate.c does not compile'
    mv "$preload.$$" "$preload"
}

# How the guest mounts the bed's folder.
share() {
    printf 'share=hostfs\nshare_options=%q\n' "$bed"
}

# The guest's memory is a sparse file; on a tmpfs too small for it the machine would die of SIGBUS.
# Another machine, started just before this one, has not used yet what it will need.
memory_folder() {
    local wanted=${memory%[MG]} free
    [[ $memory == *G ]] && wanted=$((wanted * 1024))
    free=$(df -m --output=avail /dev/shm 2>/dev/null | tail -1)
    if [ -w /dev/shm ] && [ "${free:-0}" -gt $((2 * wanted + 64)) ]; then
        echo /dev/shm
    else
        echo "$bed"
    fi
}

# Descriptor 3 is the job's output, 4 its errors, 5 its input; interactive: 3 and 5 are the terminal.
start_kernel() {
    local channels=('ssl0=null,fd:3' 'ssl1=null,fd:4' con=null 'con0=null,fd:1')
    [ -z "$interactive" ] || channels=('con0=fd:0,fd:3' 'ssl0=null,fd:1' con=null console=ttyS0)
    # Links, because neither LD_PRELOAD nor init= takes a path with a space.
    ln -s "$preload" "$bed/preload.so"
    LD_PRELOAD=$bed/preload.so TMPDIR=$(memory_folder) setpriv --pdeathsig TERM setsid linux.uml mem="$memory" \
        root=/dev/root rootfstype=hostfs rootflags="$guest_root" ro init="$bed/init" uml_dir="$bed" umid=uml \
        "${channels[@]}" quiet loglevel=4 <&5 >"$bed/log" 2>&1 &
    kernel=$!
}
