/* A key is no name: both nodes may have the same, and are two registrations nevertheless. A PREEMPT
 * of the key takes both away, but for the node that asks where it comes to hold the unit. */
#include "../behaviour.h"
#include "../sweep.h"

static const struct {
    const char *name;
    int holder; /* node 1 asks */
    uint8_t action;
    enum key_choice key, service_action_key;
} rows[] = {
    {"unregister", NOBODY, RESERVATION_ACTION_REGISTER, KEY_OURS, KEY_ZERO},
    {"other_key", NOBODY, RESERVATION_ACTION_REGISTER, KEY_OURS, KEY_NEW},
    {"reserve", NOBODY, RESERVATION_ACTION_RESERVE, KEY_OURS, KEY_ZERO},
    {"clear", NOBODY, RESERVATION_ACTION_CLEAR, KEY_OURS, KEY_ZERO},
    {"preempt", NOBODY, RESERVATION_ACTION_PREEMPT, KEY_OURS, KEY_OURS},
    {"holder.unregister", NODE_1, RESERVATION_ACTION_REGISTER, KEY_OURS, KEY_ZERO},
    {"holder.release", NODE_1, RESERVATION_ACTION_RELEASE, KEY_OURS, KEY_ZERO},
    {"holder.preempt", NODE_1, RESERVATION_ACTION_PREEMPT, KEY_OURS, KEY_OURS},
    {"beside_holder.reserve", NODE_2, RESERVATION_ACTION_RESERVE, KEY_OURS, KEY_ZERO},
    {"beside_holder.unregister", NODE_2, RESERVATION_ACTION_REGISTER, KEY_OURS, KEY_ZERO},
    {"beside_holder.release", NODE_2, RESERVATION_ACTION_RELEASE, KEY_OURS, KEY_ZERO},
    {"beside_holder.preempt", NODE_2, RESERVATION_ACTION_PREEMPT, KEY_OURS, KEY_OURS},
};

static void run(struct test *test, unsigned row)
{
    const uint64_t key = unit_key(test, 1);
    const struct unit_state before = {
        {key, key},
        rows[row].holder,
        rows[row].holder == NOBODY ? 0 : RESERVATION_TYPE_EXCLUSIVE,
        NOBODY,
    };
    const struct pr_out out = {
        .action = rows[row].action,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = chosen_key(test, &before, NODE_1, rows[row].key),
        .service_action_key = chosen_key(test, &before, NODE_1, rows[row].service_action_key),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour keys_two_nodes_same_key = {
    .name = "keys.two_nodes_same_key",
    .source = "SPC-4 5.12.1 and 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
