/* A registered node that says 0 has forgotten its key. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_REGISTER, KEY_ZERO, KEY_NEW};

    short_sweep_run(test, row, &request);
}

const struct behaviour pr_out_register_zero_key = {
    .name = "pr_out.register.zero_key",
    .source = "SPC-4 5.12.7",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SHORT_SWEEP_ROWS,
    .row_name = short_sweep_name,
    .row_needs = short_sweep_needs,
    .run = run,
};
