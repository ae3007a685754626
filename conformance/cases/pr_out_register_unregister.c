/* Key 0 takes the registration away, and with it what it held, whatever the type. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_REGISTER, KEY_REGISTERED,
                                                 KEY_ZERO};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_register_unregister = {
    .name = "pr_out.register.unregister",
    .source = "SPC-4 5.12.11.2.2",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
