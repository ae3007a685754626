/* A disk that is taken away under open handles: ERROR_DEV_NOT_EXIST (55), at once. Sources:
 * windows-behaviour 2.2; semantics 2 (ENODEV). It is scsi_debug's disk, which comes back by a scan
 * of its host, so that the tests may run in any order. */
#include "disk_state.h"
#include "plain_disk.h"
#include "suites.h"
#include "windows_request.h"
#include <fcntl.h>
#include <libgen.h>
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_text(const char *path, const char *text)
{
    const int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t written;

    if (fd < 0)
        fail_msg("%s cannot be opened", path);
    written = write(fd, text, strlen(text));
    close(fd);
    assert_int_equal(written, strlen(text));
}

/* The number of the SCSI host that the disk `name` (sdc) hangs on: /sys/block/sdc/device leads to a
 * folder H:C:T:L. */
static int host_of(const char *name)
{
    char link[64], target[256];
    ssize_t length;
    char *end;
    long host;

    snprintf(link, sizeof(link), "/sys/block/%.30s/device", name);
    length = readlink(link, target, sizeof(target) - 1);
    assert_true(length > 0);
    target[length] = 0;
    host = strtol(basename(target), &end, 10);
    assert_int_equal(*end, ':');
    return (int)host;
}

static bool wait_until(bool (*is_true)(const char *path), const char *path)
{
    for (int i = 0; i < 250; i++) {
        if (is_true(path))
            return true;
        usleep(20 * 1000);
    }
    return false;
}

static bool is_there(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

static void remove_disk(const char *name)
{
    char path[80];

    snprintf(path, sizeof(path), "/sys/block/%.30s/device/delete", name);
    write_text(path, "1");
}

/* It has its name again only when nobody has the old one open any more. */
static void bring_back(const char *path, int host)
{
    char scan[80];

    snprintf(scan, sizeof(scan), "/sys/class/scsi_host/host%d/scan", host);
    write_text(scan, "- - -");
    if (!wait_until(is_there, path))
        fail_msg("%s did not come back", path);
}

static void removed_under_open_handles(void **state)
{
    struct bed *bed = *state;
    const char *name;
    int host;

    need_plain_disk(bed);
    name = strrchr(bed->plain_path, '/') + 1;
    host = host_of(name);
    open_plain_disk(bed);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    remove_disk(name);
    for (int node = 0; node < NODES; node++)
        expect_every_request(bed, node, ERROR_DEV_NOT_EXIST, ERROR_DEV_NOT_EXIST);
    bed_close_handles(bed);
    bring_back(bed->plain_path, host);
    open_plain_disk(bed);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    assert_disk_is(bed, &disk_free, "after another disk's removal");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(removed_under_open_handles),
};

const struct suite removed_disk = SUITE("removed_disk", tests);
