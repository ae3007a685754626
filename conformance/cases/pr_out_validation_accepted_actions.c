/* The seven service actions that pass, each with what it does by one node alone. */
#include "../unit_state.h"

#include "../behaviour.h"

enum { WRITE_EXCLUSIVE = RESERVATION_TYPE_WRITE_EXCLUSIVE };

/* The numbers are those of unit_key; 0 is no key. */
static const struct {
    const char *name;
    uint8_t action, registered;
    int holder;
    uint8_t key, service_action_key;
} rows[] = {
    {"register", RESERVATION_ACTION_REGISTER, 0, NOBODY, 0, 1},
    {"reserve", RESERVATION_ACTION_RESERVE, 1, NOBODY, 1, 0},
    {"release", RESERVATION_ACTION_RELEASE, 1, NODE_1, 1, 0},
    {"clear", RESERVATION_ACTION_CLEAR, 1, NODE_1, 1, 0},
    {"preempt", RESERVATION_ACTION_PREEMPT, 1, NODE_1, 1, 1},
    {"preempt_abort", RESERVATION_ACTION_PREEMPT_ABORT, 1, NODE_1, 1, 1},
    {"register_ignore", RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 1, NODE_1, 0, 2},
};

static uint64_t key_of(const struct test *test, unsigned number)
{
    return number ? unit_key(test, number) : 0;
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state before = {
        {key_of(test, rows[row].registered), 0},
        rows[row].holder,
        WRITE_EXCLUSIVE,
        NOBODY,
    };
    const struct pr_out out = {
        .action = rows[row].action,
        .type = WRITE_EXCLUSIVE,
        .key = key_of(test, rows[row].key),
        .service_action_key = key_of(test, rows[row].service_action_key),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}

const struct behaviour pr_out_validation_accepted_actions = {
    .name = "pr_out.validation.accepted_actions",
    .source = "classpnp utils.c ClasspPersistentReserve; SPC-4 5.12",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
