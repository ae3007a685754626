/* The holder names another type than it holds: nothing is released. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state before = situation_state(test, NODE_1, WE_HOLD, type_sweep_held(row));
    const struct pr_out out = {
        .action = RESERVATION_ACTION_RELEASE,
        .type = type_sweep_asked(row),
        .key = unit_key(test, 1),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour pr_out_release_other_type = {
    .name = "pr_out.release.other_type",
    .source = "SPC-4 5.12.11.2.3; classpnp class.c ClassInterpretSenseInfo (sense 26/04)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = TYPE_SWEEP_ROWS,
    .row_name = type_sweep_name,
    .run = run,
};
