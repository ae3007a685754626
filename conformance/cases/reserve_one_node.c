/* RESERVE and RELEASE, and again: neither minds what it finds of its own. The disk-typed codes are
 * the same requests. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t reserve, release;
} rows[] = {
    {"storage", IOCTL_STORAGE_RESERVE, IOCTL_STORAGE_RELEASE},
    {"disk", IOCTL_DISK_RESERVE, IOCTL_DISK_RELEASE},
    {"disk_and_storage", IOCTL_DISK_RESERVE, IOCTL_STORAGE_RELEASE},
    {"storage_and_disk", IOCTL_STORAGE_RESERVE, IOCTL_DISK_RELEASE},
};

static void run(struct test *test, unsigned row)
{
    expect_plain(test, NODE_1, rows[row].release, NT_STATUS_SUCCESS);
    for (int i = 0; i < 2; i++)
        expect_plain(test, NODE_1, rows[row].reserve, NT_STATUS_SUCCESS);
    for (int i = 0; i < 2; i++)
        expect_plain(test, NODE_1, rows[row].release, NT_STATUS_SUCCESS);
}

const struct behaviour reserve_one_node = {
    .name = "reserve.one_node",
    .source = "classpnp class.c ClassDeviceControl (RESERVE, RELEASE, aliases); SPC-2 7.18, 7.21",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY,
    ROWS(rows),
    .run = run,
};
