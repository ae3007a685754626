/* Who is registered takes what is free, again what it holds by the same type, and nothing that is
 * held by another. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_RESERVE, KEY_OURS, KEY_ZERO};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_reserve_sweep = {
    .name = "pr_out.reserve.sweep",
    .source = "SPC-4 5.12.9",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
