/* An orderly move: the owner releases and leaves, the other takes over; and back. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t type;
} rows[] = {
    {"type_1", RESERVATION_TYPE_WRITE_EXCLUSIVE},
    {"type_3", RESERVATION_TYPE_EXCLUSIVE},
    {"type_5", RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS},
    {"type_6", RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS},
};

static void run(struct test *test, unsigned row)
{
    const uint8_t type = rows[row].type;

    for (unsigned owner = 0; owner < NODES; owner++) {
        const unsigned next = 1 - owner;
        const uint64_t key = unit_key(test, owner + 1), next_key = unit_key(test, next + 1);
        const struct unit_state owned =
            situation_state(test, owner, WE_HOLD_OTHER_REGISTERED, type);
        const struct unit_state moved = situation_state(test, next, WE_HOLD, type);
        const struct pr_out release = {
            .action = RESERVATION_ACTION_RELEASE, .type = type, .key = key};
        const struct pr_out leave = {.action = RESERVATION_ACTION_REGISTER, .key = key};

        if (!arrange(test, &owned))
            return;
        expect_reserve(test, next, next_key, type, NT_STATUS_DEVICE_BUSY);
        expect_out(test, owner, &release, NT_STATUS_SUCCESS);
        expect_reserve(test, next, next_key, type, NT_STATUS_SUCCESS);
        expect_out(test, owner, &leave, NT_STATUS_SUCCESS);
        expect_unit(test, &moved);
    }
}

const struct behaviour two_nodes_fail_over = {
    .name = "two_nodes.fail_over",
    .source = "SPC-4 5.12.9 and 5.12.11.2",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
