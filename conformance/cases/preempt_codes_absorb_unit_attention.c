/* A unit attention waits on the loser, and its next control code is TRUE nevertheless: the class
 * driver sends the command again. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    bool is_out;
    uint8_t action;
} rows[] = {
    {"read_keys", false, RESERVATION_ACTION_READ_KEYS},
    {"read_reservations", false, RESERVATION_ACTION_READ_RESERVATIONS},
    {"register", true, RESERVATION_ACTION_REGISTER},
    {"register_ignore", true, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };
    const struct pr_out enter = {.action = rows[row].action,
                                 .service_action_key = unit_key(test, 2)};

    if (!arrange(test, &before) || !take_unit_attentions(test, NODE_2) ||
        !expect_out(test, NODE_1, &preempt, NT_STATUS_SUCCESS))
        return;
    if (rows[row].is_out ? expect_out(test, NODE_2, &enter, NT_STATUS_SUCCESS)
                         : expect_in(test, NODE_2, rows[row].action, 24, NULL))
        expect_no_unit_attention(test, NODE_2);
}

const struct behaviour preempt_codes_absorb_unit_attention = {
    .name = "preempt.codes_absorb_unit_attention",
    .source = "classpnp class.c ClassInterpretSenseInfo (UNIT ATTENTION is retried)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
