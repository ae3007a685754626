/* What one node has reserved the other cannot, until it is released; then the roles change. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned holder;
    uint32_t reserve, release;
} rows[] = {
    {"storage.node_1_first", NODE_1, IOCTL_STORAGE_RESERVE, IOCTL_STORAGE_RELEASE},
    {"storage.node_2_first", NODE_2, IOCTL_STORAGE_RESERVE, IOCTL_STORAGE_RELEASE},
    {"disk.node_1_first", NODE_1, IOCTL_DISK_RESERVE, IOCTL_DISK_RELEASE},
    {"disk.node_2_first", NODE_2, IOCTL_DISK_RESERVE, IOCTL_DISK_RELEASE},
};

static void run(struct test *test, unsigned row)
{
    const unsigned holder = rows[row].holder, other = 1 - holder;

    expect_plain(test, holder, rows[row].reserve, NT_STATUS_SUCCESS);
    expect_plain(test, other, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
    expect_plain(test, other, IOCTL_DISK_RESERVE, NT_STATUS_DEVICE_BUSY);
    expect_plain(test, holder, rows[row].reserve, NT_STATUS_SUCCESS);
    expect_plain(test, other, rows[row].reserve, NT_STATUS_DEVICE_BUSY);
    expect_plain(test, holder, rows[row].release, NT_STATUS_SUCCESS);
    expect_plain(test, other, rows[row].reserve, NT_STATUS_SUCCESS);
    expect_plain(test, holder, rows[row].reserve, NT_STATUS_DEVICE_BUSY);
    expect_plain(test, other, rows[row].release, NT_STATUS_SUCCESS);
}

const struct behaviour reserve_conflict_two_nodes = {
    .name = "reserve.conflict.two_nodes",
    .source = "SPC-2 7.21; classpnp class.c ClassInterpretSenseInfo (RESERVATION CONFLICT)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
