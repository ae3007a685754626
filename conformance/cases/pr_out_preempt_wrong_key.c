/* Who does not know its own key takes nobody's away. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_PREEMPT, KEY_UNKNOWN,
                                                 KEY_OTHERS};

    short_sweep_run(test, row, &request);
}

const struct behaviour pr_out_preempt_wrong_key = {
    .name = "pr_out.preempt.wrong_key",
    .source = "SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SHORT_SWEEP_ROWS,
    .row_name = short_sweep_name,
    .row_needs = short_sweep_needs,
    .run = run,
};
