/* A reset takes away no registration and no persistent reservation, and they do not make it fail.
 */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    enum situation situation;
    uint8_t type;
} rows[] = {
    {"nothing", NOBODY_REGISTERED, 0},
    {"registered", WE_REGISTERED, 0},
    {"we_hold.type_1", WE_HOLD, RESERVATION_TYPE_WRITE_EXCLUSIVE},
    {"we_hold.type_3", WE_HOLD, RESERVATION_TYPE_EXCLUSIVE},
    {"other_holds.type_3", OTHER_HOLDS, RESERVATION_TYPE_EXCLUSIVE},
    {"other_holds.type_6", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state state =
        situation_state(test, NODE_1, rows[row].situation, rows[row].type);

    if (arrange(test, &state) && expect_break(test, NODE_1, NT_STATUS_SUCCESS))
        expect_unit(test, &state);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].situation == OTHER_HOLDS || rows[row].situation == OTHER_HOLDS_WE_REGISTERED
               ? NEEDS_BOTH_NODES
               : 0;
}

const struct behaviour break_persistent_stays = {
    .name = "break.persistent_stays",
    .source = "SPC-4 5.12.5: persistent reservations outlive a reset",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BREAK,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
