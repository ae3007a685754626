/* RESERVATIONS PREEMPTED, for every other node that was registered, held or not. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    enum situation situation;
} rows[] = {
    {"both_registered", BOTH_REGISTERED},
    {"we_hold", WE_HOLD_OTHER_REGISTERED},
    {"other_holds", OTHER_HOLDS_WE_REGISTERED},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state before = situation_state(test, NODE_1, rows[row].situation,
                                                     RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS);
    const struct pr_out clear = {.action = RESERVATION_ACTION_CLEAR, .key = unit_key(test, 1)};

    if (arrange(test, &before) && take_unit_attentions(test, NODE_1) &&
        take_unit_attentions(test, NODE_2) && expect_out(test, NODE_1, &clear, NT_STATUS_SUCCESS) &&
        expect_no_unit_attention(test, NODE_1))
        expect_unit_attention(test, NODE_2, 0x2a, 0x03);
}

const struct behaviour clear_others_see_unit_attention = {
    .name = "clear.others_see_unit_attention",
    .source = "SPC-4 5.12.11.2.6: RESERVATIONS PREEMPTED",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
