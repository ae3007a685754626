/* REGISTER wants the key that there is: 0 of one that is not registered. A conflict changes
 * nothing. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_REGISTER, KEY_UNKNOWN, KEY_NEW};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_register_wrong_key = {
    .name = "pr_out.register.wrong_key",
    .source = "SPC-4 5.12.7 and 6.16.2",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
