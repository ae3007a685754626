/* Who is registered takes away everything that there is, whoever holds it. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_CLEAR, KEY_OURS, KEY_ZERO};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_clear_sweep = {
    .name = "pr_out.clear.sweep",
    .source = "SPC-4 5.12.11.2.6",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
