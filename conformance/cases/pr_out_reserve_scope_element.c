/* Windows lets the ELEMENT scope through; a disk has none of its own, and does not do it. */
#include "../behaviour.h"
#include "../sweep.h"

static const struct {
    const char *name;
    enum situation situation;
} rows[] = {
    {"we_registered", WE_REGISTERED},
    {"we_hold", WE_HOLD},
    {"other_holds", OTHER_HOLDS_WE_REGISTERED},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, rows[row].situation, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out out = {
        .action = RESERVATION_ACTION_RESERVE,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .scope = RESERVATION_SCOPE_ELEMENT,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].situation == WE_REGISTERED || rows[row].situation == WE_HOLD
               ? 0
               : NEEDS_BOTH_NODES;
}

const struct behaviour pr_out_reserve_scope_element = {
    .name = "pr_out.reserve.scope_element",
    .source = "classpnp utils.c ClasspPersistentReserve; SPC-4 5.12.9",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
