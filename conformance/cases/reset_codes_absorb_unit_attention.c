/* The first control code after a reset is TRUE nevertheless, from both nodes. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned asking;
    uint32_t code;
} rows[] = {
    {"node_1.reserve", NODE_1, IOCTL_STORAGE_RESERVE},
    {"node_2.reserve", NODE_2, IOCTL_STORAGE_RESERVE},
    {"node_1.release", NODE_1, IOCTL_STORAGE_RELEASE},
    {"node_2.release", NODE_2, IOCTL_STORAGE_RELEASE},
};

static void run(struct test *test, unsigned row)
{
    if (expect_break(test, NODE_1, NT_STATUS_SUCCESS))
        expect_plain(test, rows[row].asking, rows[row].code, NT_STATUS_SUCCESS);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].asking == NODE_2 ? NEEDS_BOTH_NODES : 0;
}

const struct behaviour reset_codes_absorb_unit_attention = {
    .name = "reset.codes_absorb_unit_attention",
    .source = "classpnp class.c ClassInterpretSenseInfo (UNIT ATTENTION is retried)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BREAK,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
