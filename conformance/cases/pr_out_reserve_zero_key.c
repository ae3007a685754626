/* A conflict: the second key is not looked at. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_RESERVE, KEY_ZERO, KEY_OURS};

    short_sweep_run(test, row, &request);
}

const struct behaviour pr_out_reserve_zero_key = {
    .name = "pr_out.reserve.zero_key",
    .source = "SPC-4 5.12.9",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SHORT_SWEEP_ROWS,
    .row_name = short_sweep_name,
    .row_needs = short_sweep_needs,
    .run = run,
};
