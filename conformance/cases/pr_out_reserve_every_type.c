/* Each type that Windows lets through is what the disk then says. */
#include "../behaviour.h"
#include "../sweep.h"

#include <stdio.h>

static unsigned row_node(unsigned row)
{
    return row / TYPE_COUNT;
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "node_%u.type_%u", row_node(row) + 1, reservation_types[row % TYPE_COUNT]);
}

static uint32_t row_needs(unsigned row)
{
    return row_node(row) == NODE_2 ? NEEDS_BOTH_NODES : 0;
}

static void run(struct test *test, unsigned row)
{
    const unsigned node = row_node(row);
    const struct unit_state before = situation_state(test, node, WE_REGISTERED, 0);
    const struct pr_out out = {
        .action = RESERVATION_ACTION_RESERVE,
        .type = reservation_types[row % TYPE_COUNT],
        .key = unit_key(test, node + 1),
    };

    expect_pr_out(test, &before, node, &out);
}

const struct behaviour pr_out_reserve_every_type = {
    .name = "pr_out.reserve.every_type",
    .source = "classpnp utils.c ClasspPersistentReserve; SPC-4 5.12.9",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = NODES * TYPE_COUNT,
    .row_name = row_name,
    .row_needs = row_needs,
    .run = run,
};
