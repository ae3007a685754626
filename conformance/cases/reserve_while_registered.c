/* RESERVE while there are registrations: a conflict in SPC-2; in SPC-3 it is GOOD, and does
 * nothing, for who has part in the persistent reservation. Never may it get the better of
 * another's. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    enum situation situation;
    uint8_t type;
    bool is_shut_out;
} rows[] = {
    {"we_registered", WE_REGISTERED, 0, false},
    {"other_registered", OTHER_REGISTERED, 0, false},
    {"both_registered", BOTH_REGISTERED, 0, false},
    {"we_hold.type_1", WE_HOLD, RESERVATION_TYPE_WRITE_EXCLUSIVE, false},
    {"we_hold.type_3", WE_HOLD, RESERVATION_TYPE_EXCLUSIVE, false},
    {"we_hold.type_5", WE_HOLD, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, false},
    {"we_hold.type_6", WE_HOLD, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, false},
    {"registrant.type_1", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE, true},
    {"registrant.type_3", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE, true},
    {"registrant.type_5", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
     false},
    {"registrant.type_6", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, false},
    {"stranger.type_1", OTHER_HOLDS, RESERVATION_TYPE_WRITE_EXCLUSIVE, true},
    {"stranger.type_3", OTHER_HOLDS, RESERVATION_TYPE_EXCLUSIVE, true},
    {"stranger.type_5", OTHER_HOLDS, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, true},
    {"stranger.type_6", OTHER_HOLDS, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, true},
};

static void run(struct test *test, unsigned row)
{
    static const struct outcome outcomes[] = {
        {NT_STATUS_DEVICE_BUSY, 0, EVERYWHERE},
        {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    };
    const struct unit_state state =
        situation_state(test, NODE_1, rows[row].situation, rows[row].type);
    const struct request reserve = request_plain(IOCTL_STORAGE_RESERVE);
    const struct request release = request_plain(IOCTL_STORAGE_RELEASE);
    struct answer answer;

    if (!arrange(test, &state))
        return;
    expect_one_of(test, NODE_1, &reserve, QUESTION_LEGACY_AND_PR, outcomes,
                  rows[row].is_shut_out ? 1 : COUNT(outcomes), &answer);
    if (test->reserved[NODE_1])
        expect_one_of(test, NODE_1, &release, QUESTION_LEGACY_AND_PR, outcomes, COUNT(outcomes),
                      &answer);
    expect_unit(test, &state);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].situation == WE_REGISTERED || rows[row].situation == WE_HOLD
               ? 0
               : NEEDS_BOTH_NODES;
}

const struct behaviour reserve_while_registered = {
    .name = "reserve.while_registered",
    .source = "SPC-2 5.5.1; SPC-3 5.6.3",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_PR,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
