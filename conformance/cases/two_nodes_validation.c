/* The steps of a cluster's validation of persistent reservations, as public reports show them:
 * leave what may be left of an earlier run, find nothing, register, reserve, find oneself, and have
 * the other node fail to. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned first;
} rows[] = {{"node_1_first", NODE_1}, {"node_2_first", NODE_2}};

static void run(struct test *test, unsigned row)
{
    const unsigned first = rows[row].first, second = 1 - first;
    const uint8_t type = RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS;
    const uint64_t key = unit_key(test, first + 1), second_key = unit_key(test, second + 1);
    const struct unit_state held = situation_state(test, first, WE_HOLD, type);
    const struct unit_state both = situation_state(test, first, WE_HOLD_OTHER_REGISTERED, type);
    const struct pr_out leave = {.action = RESERVATION_ACTION_REGISTER, .key = key};

    expect_register(test, first, 0);
    if (!expect_unit(test, &unit_free) || !expect_register(test, first, key) ||
        !expect_reserve(test, first, key, type, NT_STATUS_SUCCESS) || !expect_unit(test, &held))
        return;
    expect_register(test, second, second_key);
    expect_reserve(test, second, second_key, type, NT_STATUS_DEVICE_BUSY);
    expect_unit(test, &both);
    expect_register(test, second, 0);
    expect_out(test, first, &leave, NT_STATUS_SUCCESS);
    expect_unit(test, &unit_free);
}

const struct behaviour two_nodes_validation = {
    .name = "two_nodes.validation",
    .source = "askcore blog 2009-04-15; quantum/esos issue 62",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
