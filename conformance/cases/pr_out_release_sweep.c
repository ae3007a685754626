/* The holder frees the unit; who is registered and holds nothing is told that all is well. */
#include "../behaviour.h"
#include "../sweep.h"

static void run(struct test *test, unsigned row)
{
    static const struct sweep_request request = {RESERVATION_ACTION_RELEASE, KEY_OURS, KEY_ZERO};

    sweep_run(test, row, &request);
}

const struct behaviour pr_out_release_sweep = {
    .name = "pr_out.release.sweep",
    .source = "SPC-4 5.12.11.2.3",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    .rows = SWEEP_ROWS,
    .row_name = sweep_name,
    .row_needs = sweep_needs,
    .run = run,
};
