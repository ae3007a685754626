/* A disk that is taken away under open handles: ERROR_DEV_NOT_EXIST (55), at once. Sources:
 * windows-behaviour 2.2; semantics 2 (ENODEV). It is scsi_debug's disk, which comes back by a scan
 * of its host, so that the tests may run in any order. */
#include "disk_state.h"
#include "plain_disk.h"
#include "suites.h"
#include "sysfs.h"
#include "windows_request.h"
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <string.h>

static void remove_disk(const char *address)
{
    char path[SYSFS_PATH_MAX];

    snprintf(path, sizeof(path), "/sys/class/scsi_device/%s/device/delete", address);
    sysfs_write(path, "1");
}

/* It has its name again only when nobody has the old one open any more. */
static void bring_back(const char *path, const char *address)
{
    char scan[SYSFS_PATH_MAX];

    snprintf(scan, sizeof(scan), "/sys/class/scsi_host/host%.*s/scan", (int)strcspn(address, ":"),
             address);
    sysfs_write(scan, "- - -");
    if (!sysfs_wait_until(sysfs_can_be_opened, path))
        fail_msg("%s did not come back", path);
}

static void removed_under_open_handles(void **state)
{
    struct bed *bed = *state;
    char address[SCSI_ADDRESS_MAX];

    need_plain_disk(bed);
    sysfs_scsi_address(bed->plain_path, address);
    open_plain_disk(bed);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    remove_disk(address);
    for (int node = 0; node < NODES; node++)
        expect_every_request(bed, node, ERROR_DEV_NOT_EXIST, ERROR_DEV_NOT_EXIST);
    bed_close_handles(bed);
    bring_back(bed->plain_path, address);
    open_plain_disk(bed);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    assert_disk_is(bed, &disk_free, "after another disk's removal");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(removed_under_open_handles),
};

const struct suite removed_disk = SUITE("removed_disk", tests);
