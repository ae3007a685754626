/* The holder asks for another type than it holds: a conflict, as if another held it. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state before = situation_state(test, NODE_1, WE_HOLD, type_sweep_held(row));
    const struct pr_out out = {
        .action = RESERVATION_ACTION_RESERVE,
        .type = type_sweep_asked(row),
        .key = unit_key(test, 1),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour pr_out_reserve_other_type = {
    .name = "pr_out.reserve.other_type",
    .source = "SPC-4 5.12.9",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = TYPE_SWEEP_ROWS,
    .row_name = type_sweep_name,
    .run = run,
};
