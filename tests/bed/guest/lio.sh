# Functions that the disks-* scripts share; sourced by them.
# shellcheck shell=dash

target=/sys/kernel/config/target

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# wait_for SECONDS COMMAND...: runs it until it succeeds.
wait_for() {
    tries=$(($1 * 50))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.02
    done
}

# One 16 MiB unit, kept in a file. Sets $unit to its configfs folder.
# LIO takes /etc/target for its state if the folder exists when target_core_mod is loaded; REGISTER
# with APTPL fails where there is no pr/ in it.
lio_unit() {
    mkdir -p /etc/target/pr /etc/target/alua
    modprobe -a configfs target_core_mod target_core_file sd_mod sg || fail 'modules are missing'
    [ -d /sys/kernel/config/target ] || mount -t configfs config /sys/kernel/config
    unit=$target/core/fileio_0/shared
    mkdir -p "$unit" || fail 'LIO is missing'
    truncate -s 16M /run/bed/shared.img
    echo 'fd_dev_name=/run/bed/shared.img,fd_dev_size=16777216' >"$unit/control"
    echo holdfast-bed-0001 >"$unit/wwn/vpd_unit_serial"
    echo 1 >"$unit/enable"
}

# only_path GLOB: prints the one path that the pattern stands for; fails while there is none.
only_path() {
    # shellcheck disable=SC2086 # the pattern is expanded here
    set -- $1
    [ -e "$1" ] && echo "$1"
}

# device_nodes DISK_VARIABLE SG_VARIABLE DEVICE_GLOB: waits for the SCSI device's two nodes and
# prints assignments of their names. The first commands after start end in unit attentions (power on,
# reported LUNs changed); they are taken here, so that a test sees only its own.
device_nodes() {
    wait_for 60 only_path "$3/block/*" >/dev/null || fail "no disk appeared at $3"
    wait_for 60 only_path "$3/scsi_generic/*" >/dev/null || fail "no sg node appeared at $3"
    disk=/dev/$(basename "$(only_path "$3/block/*")")
    sg=/dev/$(basename "$(only_path "$3/scsi_generic/*")")
    wait_for 60 sg_turs "$sg" >/dev/null 2>&1 || fail "$sg does not become ready"
    echo "$1=$disk"
    echo "$2=$sg"
}
