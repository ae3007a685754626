/* REGISTRATIONS PREEMPTED, on the loser's next command; the winner hears of nothing. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    enum situation situation;
    uint8_t type;
} rows[] = {
    {"registrant", BOTH_REGISTERED, 0},
    {"registrant_beside_holder", WE_HOLD_OTHER_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE},
    {"holder.type_1", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE},
    {"holder.type_3", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE},
    {"holder.type_5", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS},
    {"holder.type_6", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, rows[row].situation, rows[row].type);
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = rows[row].type ? rows[row].type : RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 2),
    };

    if (arrange(test, &before) && take_unit_attentions(test, NODE_1) &&
        take_unit_attentions(test, NODE_2) &&
        expect_out(test, NODE_1, &preempt, NT_STATUS_SUCCESS) &&
        expect_no_unit_attention(test, NODE_1))
        expect_unit_attention(test, NODE_2, 0x2a, 0x05);
}

const struct behaviour preempt_loser_sees_unit_attention = {
    .name = "preempt.loser_sees_unit_attention",
    .source = "SPC-4 5.12.11.2.4: REGISTRATIONS PREEMPTED",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
