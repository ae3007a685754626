/* A reset is told to the other node: POWER ON, RESET, OR BUS DEVICE RESET OCCURRED, of any kind. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    bool is_reserved;
} rows[] = {{"free_unit", false}, {"reserved_unit", true}};

static void run(struct test *test, unsigned row)
{
    if (rows[row].is_reserved &&
        !expect_plain(test, NODE_2, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS))
        return;
    if (!take_unit_attentions(test, NODE_2) || !expect_break(test, NODE_1, NT_STATUS_SUCCESS))
        return;
    test->reserved[NODE_2] = false;
    expect_unit_attention(test, NODE_2, 0x29, ANY_QUALIFIER);
}

const struct behaviour reset_unit_attention = {
    .name = "reset.unit_attention",
    .source = "SAM-4 5.14 and 6.3.3",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BREAK | NEEDS_BOTH_NODES |
             NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
