/* Registers, or gives its registration another key; a holder goes on holding by that. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_REGISTER, KEY_REGISTERED,
                                                 KEY_NEW};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_register_sweep = {
    .name = "pr_out.register.sweep",
    .source = "SPC-4 5.12.7",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
