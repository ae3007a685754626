/* RELEASE by a node that has not reserved is TRUE, and the reservation stays. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned holder;
    uint32_t release;
} rows[] = {
    {"storage.node_1_holds", NODE_1, IOCTL_STORAGE_RELEASE},
    {"storage.node_2_holds", NODE_2, IOCTL_STORAGE_RELEASE},
    {"disk.node_1_holds", NODE_1, IOCTL_DISK_RELEASE},
};

static void run(struct test *test, unsigned row)
{
    const unsigned holder = rows[row].holder, other = 1 - holder;

    expect_plain(test, holder, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS);
    expect_plain(test, other, rows[row].release, NT_STATUS_SUCCESS);
    expect_plain(test, other, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
    expect_plain(test, holder, IOCTL_STORAGE_RELEASE, NT_STATUS_SUCCESS);
}

const struct behaviour release_by_the_other = {
    .name = "release.by_the_other",
    .source = "SPC-2 7.18",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
