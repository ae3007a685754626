/* The first key is not looked at. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                                 KEY_UNKNOWN, KEY_NEW};

    short_sweep_run(test, row, &request);
}

const struct behaviour pr_out_register_ignore_any_key = {
    .name = "pr_out.register_ignore.any_key",
    .source = "SPC-4 6.16.2: IGNORE EXISTING KEY",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SHORT_SWEEP_ROWS,
    .row_name = short_sweep_name,
    .row_needs = short_sweep_needs,
    .run = run,
};
