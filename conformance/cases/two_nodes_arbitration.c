/* Two nodes fight for the disk as cluster software does. The owner holds; a challenger registers
 * and cannot reserve. If the owner still looks, it sees the challenger's key and takes it away; if
 * it does not, the challenger preempts it, and the former owner finds that it holds nothing. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned owner;
    bool is_defended;
    uint8_t type;
} rows[] = {
    {"defended.node_1", NODE_1, true, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS},
    {"defended.node_2", NODE_2, true, RESERVATION_TYPE_EXCLUSIVE},
    {"lost.node_1", NODE_1, false, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS},
    {"lost.node_2", NODE_2, false, RESERVATION_TYPE_EXCLUSIVE},
};

static bool preempts(struct test *test, unsigned node, uint8_t type, int32_t status)
{
    const struct pr_out out = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = type,
        .key = unit_key(test, node + 1),
        .service_action_key = unit_key(test, 2 - node),
    };

    return expect_out(test, node, &out, status);
}

static void run(struct test *test, unsigned row)
{
    const unsigned owner = rows[row].owner, challenger = 1 - owner;
    const uint8_t type = rows[row].type;
    const uint64_t owner_key = unit_key(test, owner + 1), key = unit_key(test, challenger + 1);
    const struct unit_state owned = situation_state(test, owner, WE_HOLD, type);
    const struct unit_state challenged =
        situation_state(test, owner, WE_HOLD_OTHER_REGISTERED, type);
    const struct unit_state lost = situation_state(test, challenger, WE_HOLD, type);
    const struct unit_state back =
        situation_state(test, challenger, WE_HOLD_OTHER_REGISTERED, type);

    if (!arrange(test, &owned) || !expect_register(test, challenger, key) ||
        !expect_reserve(test, challenger, key, type, NT_STATUS_DEVICE_BUSY) ||
        !expect_unit(test, &challenged))
        return;
    if (rows[row].is_defended) {
        preempts(test, owner, type, NT_STATUS_SUCCESS);
        preempts(test, challenger, type, NT_STATUS_DEVICE_BUSY);
        expect_unit(test, &owned);
        return;
    }
    preempts(test, challenger, type, NT_STATUS_SUCCESS);
    expect_reserve(test, owner, owner_key, type, NT_STATUS_DEVICE_BUSY);
    expect_unit(test, &lost);
    expect_register(test, owner, owner_key);
    expect_reserve(test, owner, owner_key, type, NT_STATUS_DEVICE_BUSY);
    expect_unit(test, &back);
}

const struct behaviour two_nodes_arbitration = {
    .name = "two_nodes.arbitration",
    .source = "US patents 7,277,952 and 8,719,473; SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
