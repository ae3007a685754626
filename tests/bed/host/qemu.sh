# The machine as an emulated computer: QEMU without KVM and a Debian kernel, over 9p; sourced by
# ../machine. Slower to start than UML; a system call is not, so it can be used for timing.
# shellcheck shell=bash disable=SC2034,SC2154 # machine's variables, used there

kernel_folder=$build/bed/kernel
modules=$kernel_folder/lib/modules
terminal_device=/dev/ttyS0

kernel_is_missing() {
    if [ ! -x /usr/bin/qemu-system-x86_64 ]; then
        echo 'QEMU is not installed; run ./dev setup --deep'
    elif [ ! -f "$kernel_folder/.holdfast" ]; then
        echo "there is no kernel in $kernel_folder; run ./dev setup --deep"
    fi
}

prepare_kernel() { :; }

# How the guest mounts the bed's folder.
share() {
    printf 'share=9p\nshare_options=trans=virtio,version=9p2000.L,cache=none\n'
}

# Three serial lines: the job's output (interactive: the terminal), its errors, the kernel's console.
# One processor: QEMU's multi-threaded emulation made 2 of 25 kernels panic.
start_kernel() {
    local lines=(-chardev "file,id=out,path=$bed/out" -serial chardev:out
        -chardev "file,id=err,path=$bed/err" -serial chardev:err)
    [ -z "$interactive" ] ||
        lines=(-chardev 'stdio,id=terminal,signal=off' -serial chardev:terminal -serial null)
    setpriv --pdeathsig TERM setsid qemu-system-x86_64 -nodefaults -no-user-config -display none -monitor none \
        -M q35 -accel tcg,thread=multi,tb-size=512 -cpu Nehalem -smp 1 -m "$memory" -no-reboot \
        "${lines[@]}" -chardev "file,id=log,path=$bed/log,append=on" -serial chardev:log \
        -kernel "$kernel_folder/vmlinuz" -initrd "$kernel_folder/initramfs" \
        -append "console=ttyS2 panic=-1 quiet loglevel=4 mitigations=off tsc=reliable no_timer_check rcupdate.rcu_expedited=1 bed=$bed" \
        -fsdev "local,id=root,path=$guest_root,security_model=none,readonly=on,multidevs=remap" \
        -device virtio-9p-pci,fsdev=root,mount_tag=root \
        -fsdev "local,id=bed,path=$bed,security_model=none,multidevs=remap" \
        -device virtio-9p-pci,fsdev=bed,mount_tag=bed <&5 >&3 2>>"$bed/log" &
    kernel=$!
}
