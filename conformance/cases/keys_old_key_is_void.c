/* Once a registration has another key the one before opens nothing, and the new one everything. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
} rows[] = {
    {"register", RESERVATION_ACTION_REGISTER},
    {"register_ignore", RESERVATION_ACTION_REGISTER_IGNORE_EXISTING},
};

static void run(struct test *test, unsigned row)
{
    const uint64_t old_key = unit_key(test, 1), new_key = unit_key(test, 5);
    const struct unit_state before =
        situation_state(test, NODE_1, WE_HOLD, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out change = {
        .action = rows[row].action, .key = old_key, .service_action_key = new_key};
    const struct pr_out clear_by_old = {.action = RESERVATION_ACTION_CLEAR, .key = old_key};
    const struct pr_out release = {
        .action = RESERVATION_ACTION_RELEASE, .type = RESERVATION_TYPE_EXCLUSIVE, .key = new_key};
    struct unit_state after = before;

    after.key[NODE_1] = new_key;
    if (!expect_pr_out(test, &before, NODE_1, &change))
        return;
    expect_reserve(test, NODE_1, old_key, RESERVATION_TYPE_EXCLUSIVE, NT_STATUS_DEVICE_BUSY);
    expect_out(test, NODE_1, &clear_by_old, NT_STATUS_DEVICE_BUSY);
    expect_reserve(test, NODE_1, new_key, RESERVATION_TYPE_EXCLUSIVE, NT_STATUS_SUCCESS);
    expect_unit(test, &after);
    expect_out(test, NODE_1, &release, NT_STATUS_SUCCESS);
}

const struct behaviour keys_old_key_is_void = {
    .name = "keys.old_key_is_void",
    .source = "SPC-4 5.12.7",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
