/* RESERVE, RELEASE, PREEMPT and PREEMPT AND ABORT: only the scopes 0 and 2 with the types 1, 3, 5
 * and 6 pass. All the others are refused before anything is sent, the all registrants types 7 and 8
 * too. A case for each action and type, with every scope that is to be refused with it. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <stdio.h>

enum { TYPES = 16, SCOPES = 16 };

static const struct {
    const char *name;
    uint8_t action;
} actions[] = {
    {"reserve", RESERVATION_ACTION_RESERVE},
    {"release", RESERVATION_ACTION_RELEASE},
    {"preempt", RESERVATION_ACTION_PREEMPT},
    {"preempt_abort", RESERVATION_ACTION_PREEMPT_ABORT},
};

static bool passes(unsigned type, unsigned scope)
{
    return (scope == RESERVATION_SCOPE_LU || scope == RESERVATION_SCOPE_ELEMENT) &&
           (type == RESERVATION_TYPE_WRITE_EXCLUSIVE || type == RESERVATION_TYPE_EXCLUSIVE ||
            type == RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS ||
            type == RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS);
}

static void run(struct test *test, unsigned row)
{
    const uint64_t key = unit_key(test, 1);
    const struct unit_state registered = {{key, 0}, NOBODY, 0, NOBODY};
    struct pr_out out = {.action = actions[row / TYPES].action,
                         .type = (uint8_t)(row % TYPES),
                         .key = key,
                         .service_action_key = key};

    if (!arrange(test, &registered))
        return;
    for (out.scope = 0; out.scope < SCOPES; out.scope++) {
        const struct request request = request_pr_out(&out);

        if (!passes(out.type, out.scope) &&
            !expect(test, NODE_1, &request, NT_STATUS_INVALID_PARAMETER, 0, NULL))
            break;
    }
    expect_unit(test, &registered);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.type_%u", actions[row / TYPES].name, row % TYPES);
}

const struct behaviour pr_out_validation_type_and_scope = {
    .name = "pr_out.validation.type_and_scope",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .rows = COUNT(actions) * TYPES,
    .row_name = row_name,
    .run = run,
};
