/* Key 0 takes the registration away, and with it what it held. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                                 KEY_REGISTERED, KEY_ZERO};

    short_sweep_run(test, row, &request);
}

const struct behaviour pr_out_register_ignore_unregister = {
    .name = "pr_out.register_ignore.unregister",
    .source = "SPC-4 5.12.11.2.2",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SHORT_SWEEP_ROWS,
    .row_name = short_sweep_name,
    .row_needs = short_sweep_needs,
    .run = run,
};
