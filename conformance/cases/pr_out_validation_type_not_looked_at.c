/* REGISTER, REGISTER AND IGNORE EXISTING KEY and CLEAR: scope and type are not checked, but passed
 * on in the CDB. SPC-4 6.16.1 has the disk ignore them; one that refuses them says so itself. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <stdio.h>

static const uint8_t actions[] = {RESERVATION_ACTION_REGISTER,
                                  RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                  RESERVATION_ACTION_CLEAR};
static const char *const names[] = {"register", "register_ignore", "clear"};

static const struct {
    uint8_t type, scope;
} combinations[] = {{0, 0}, {7, 0}, {8, 0}, {1, 1}, {15, 15}};

static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    {NT_STATUS_SUCCESS, 24, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, EVERYWHERE},
};

static void run(struct test *test, unsigned row)
{
    const uint64_t key = unit_key(test, 1);
    const struct unit_state registered = {{key, 0}, NOBODY, 0, NOBODY};
    const uint8_t action = actions[row / COUNT(combinations)];
    const bool is_clear = action == RESERVATION_ACTION_CLEAR;
    const struct pr_out out = {.action = action,
                               .type = combinations[row % COUNT(combinations)].type,
                               .scope = combinations[row % COUNT(combinations)].scope,
                               .key = is_clear ? key : 0,
                               .service_action_key = is_clear ? 0 : key};
    const struct unit_state *before = is_clear ? &registered : &unit_free;
    const struct unit_state *after = is_clear ? &unit_free : &registered;
    const struct request request = request_pr_out(&out);
    struct answer answer;

    if (!arrange(test, before))
        return;
    if (expect_one_of(test, NODE_1, &request, QUESTION_RESERVED_BITS, outcomes, COUNT(outcomes),
                      &answer))
        expect_unit(test, answer.returned ? after : before);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.type_%u_scope_%u", names[row / COUNT(combinations)],
             combinations[row % COUNT(combinations)].type,
             combinations[row % COUNT(combinations)].scope);
}

const struct behaviour pr_out_validation_type_not_looked_at = {
    .name = "pr_out.validation.type_not_looked_at",
    .source = "classpnp utils.c ClasspPersistentReserve; SPC-4 6.16.1",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .rows = COUNT(actions) * COUNT(combinations),
    .row_name = row_name,
    .run = run,
};
