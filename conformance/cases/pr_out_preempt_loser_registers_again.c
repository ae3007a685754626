/* The way back in is open: a registration, which gives no part in what is held. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);
    const struct unit_state after =
        situation_state(test, NODE_1, WE_HOLD_OTHER_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };
    const struct pr_out enter = {
        .action = RESERVATION_ACTION_REGISTER,
        .service_action_key = unit_key(test, 2),
    };

    (void)row;
    if (expect_pr_out(test, &before, NODE_1, &preempt) &&
        expect_out(test, NODE_2, &enter, NT_STATUS_SUCCESS) &&
        expect_reserve(test, NODE_2, unit_key(test, 2), RESERVATION_TYPE_EXCLUSIVE,
                       NT_STATUS_DEVICE_BUSY))
        expect_unit(test, &after);
}

const struct behaviour pr_out_preempt_loser_registers_again = {
    .name = "pr_out.preempt.loser_registers_again",
    .source = "SPC-4 5.12.7 and 5.12.9",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    .run = run,
};
