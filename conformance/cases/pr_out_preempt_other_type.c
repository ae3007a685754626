/* Who preempts the holder holds by the type that it asks for, whatever was held. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, OTHER_HOLDS_WE_REGISTERED, type_sweep_held(row));
    const struct pr_out out = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = type_sweep_asked(row),
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour pr_out_preempt_other_type = {
    .name = "pr_out.preempt.other_type",
    .source = "SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    .rows = TYPE_SWEEP_ROWS,
    .row_name = type_sweep_name,
    .run = run,
};
