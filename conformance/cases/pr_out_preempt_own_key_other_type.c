/* The holder preempts itself to change the type, which it cannot do by RESERVE. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state before = situation_state(test, NODE_1, WE_HOLD, type_sweep_held(row));
    const struct pr_out out = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = type_sweep_asked(row),
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 1),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour pr_out_preempt_own_key_other_type = {
    .name = "pr_out.preempt.own_key_other_type",
    .source = "SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = TYPE_SWEEP_ROWS,
    .row_name = type_sweep_name,
    .run = run,
};
