/* Whoever asks for it, the RESERVE of whoever holds the unit is gone afterwards. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned holder, breaking;
} rows[] = {
    {"node_1_of_node_2", NODE_2, NODE_1},
    {"node_2_of_node_1", NODE_1, NODE_2},
    {"node_1_of_its_own", NODE_1, NODE_1},
    {"node_2_of_its_own", NODE_2, NODE_2},
};

static void run(struct test *test, unsigned row)
{
    const unsigned holder = rows[row].holder, other = 1 - holder;

    expect_plain(test, holder, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS);
    expect_plain(test, other, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
    expect_break(test, rows[row].breaking, NT_STATUS_SUCCESS);
    test->reserved[holder] = false;
    expect_plain(test, other, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS);
    expect_plain(test, holder, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
    expect_plain(test, other, IOCTL_STORAGE_RELEASE, NT_STATUS_SUCCESS);
}

const struct behaviour break_legacy_is_freed = {
    .name = "break.legacy_is_freed",
    .source = "document page IOCTL_STORAGE_BREAK_RESERVATION; SAM-4 5.8.6 (logical unit reset)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BREAK | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
