/* The owner answers a challenge by another key of its own: the reservation goes on under that, and
 * the challenger, who knows the key before, preempts nobody. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const uint64_t new_key = unit_key(test, 5);
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 2),
        .service_action_key = unit_key(test, 1),
    };
    struct unit_state state =
        situation_state(test, NODE_1, WE_HOLD_OTHER_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);

    (void)row;
    if (!arrange(test, &state) || !expect_register(test, NODE_1, new_key))
        return;
    state.key[NODE_1] = new_key;
    expect_unit(test, &state);
    expect_out(test, NODE_2, &preempt, NT_STATUS_DEVICE_BUSY);
    expect_unit(test, &state);
}

const struct behaviour two_nodes_key_restored = {
    .name = "two_nodes.key_restored",
    .source = "US patent 7,277,952; SPC-4 5.12.7",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    .run = run,
};
