/* PREEMPT of the other node: its registration goes; if it held, we do now. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_PREEMPT, KEY_OURS, KEY_OTHERS};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_preempt_others_key = {
    .name = "pr_out.preempt.others_key",
    .source = "SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
