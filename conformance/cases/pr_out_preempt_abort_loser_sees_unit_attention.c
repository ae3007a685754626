/* As PREEMPT has it: REGISTRATIONS PREEMPTED. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT_ABORT,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };

    (void)row;
    if (arrange(test, &before) && take_unit_attentions(test, NODE_2) &&
        expect_out(test, NODE_1, &preempt, NT_STATUS_SUCCESS))
        expect_unit_attention(test, NODE_2, 0x2a, 0x05);
}

const struct behaviour pr_out_preempt_abort_loser_sees_unit_attention = {
    .name = "pr_out.preempt_abort.loser_sees_unit_attention",
    .source = "SPC-4 5.12.11.2.5: REGISTRATIONS PREEMPTED",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    .run = run,
};
