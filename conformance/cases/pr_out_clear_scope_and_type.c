/* Neither Windows nor the disk looks at scope and type, for this has neither. */
#include "../behaviour.h"
#include "../sweep.h"

static const struct {
    const char *name;
    uint8_t scope, type;
} rows[] = {
    {"type_0", 0, 0},  {"type_2", 0, 2},  {"type_7", 0, 7},    {"type_15", 0, 15},
    {"scope_1", 1, 3}, {"scope_2", 2, 3}, {"scope_15", 15, 3}, {"both_15", 15, 15},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state before =
        situation_state(test, NODE_1, WE_HOLD, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out out = {
        .action = RESERVATION_ACTION_CLEAR,
        .type = rows[row].type,
        .scope = rows[row].scope,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 5),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour pr_out_clear_scope_and_type = {
    .name = "pr_out.clear.scope_and_type",
    .source = "classpnp utils.c ClasspPersistentReserve; SPC-4 5.12.11.2.6 and 6.16.2",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
