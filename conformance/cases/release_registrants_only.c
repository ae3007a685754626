/* When a reservation of the registrants-only types ends, the other registrants are told:
 * RESERVATIONS RELEASED. With the other types they had no part in it, and are not. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

#include <stdio.h>

enum { BY_RELEASE, BY_UNREGISTERING, WAYS };

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.type_%u", row / TYPE_COUNT == BY_RELEASE ? "release" : "unregister",
             reservation_types[row % TYPE_COUNT]);
}

static void run(struct test *test, unsigned row)
{
    const uint8_t type = reservation_types[row % TYPE_COUNT];
    const struct unit_state before = situation_state(test, NODE_1, WE_HOLD_OTHER_REGISTERED, type);
    const struct pr_out out = {
        .action = row / TYPE_COUNT == BY_RELEASE ? RESERVATION_ACTION_RELEASE
                                                 : RESERVATION_ACTION_REGISTER,
        .type = type,
        .key = unit_key(test, 1),
    };

    if (!arrange(test, &before) || !take_unit_attentions(test, NODE_2) ||
        !expect_out(test, NODE_1, &out, NT_STATUS_SUCCESS))
        return;
    if (type == RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS ||
        type == RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS)
        expect_unit_attention(test, NODE_2, 0x2a, 0x04);
    else
        expect_no_unit_attention(test, NODE_2);
}

const struct behaviour release_registrants_only = {
    .name = "release.registrants_only",
    .source = "SPC-4 5.12.11.2.2 and 5.12.11.2.3: RESERVATIONS RELEASED",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    .rows = WAYS * TYPE_COUNT,
    .row_name = row_name,
    .run = run,
};
