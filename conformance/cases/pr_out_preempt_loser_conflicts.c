/* A node whose registration was taken away does nothing with its old key any more. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
} rows[] = {
    {"register", RESERVATION_ACTION_REGISTER}, {"reserve", RESERVATION_ACTION_RESERVE},
    {"release", RESERVATION_ACTION_RELEASE},   {"clear", RESERVATION_ACTION_CLEAR},
    {"preempt", RESERVATION_ACTION_PREEMPT},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);
    const struct unit_state after =
        situation_state(test, NODE_1, WE_HOLD, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };
    const struct pr_out out = {
        .action = rows[row].action,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 2),
        .service_action_key = unit_key(test, 1),
    };

    if (expect_pr_out(test, &before, NODE_1, &preempt) &&
        expect_out(test, NODE_2, &out, NT_STATUS_DEVICE_BUSY))
        expect_unit(test, &after);
}

const struct behaviour pr_out_preempt_loser_conflicts = {
    .name = "pr_out.preempt.loser_conflicts",
    .source = "SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
