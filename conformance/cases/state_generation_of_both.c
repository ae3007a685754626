/* Registering, clearing and preempting count, reserving and releasing do not, and what is refused
 * does not; from whichever node it came, both see the same number. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

#include <inttypes.h>
#include <stdio.h>

static const struct step {
    const char *name;
    enum situation situation;
    uint8_t action;
    enum key_choice key, service_action_key;
    uint32_t counts;
    int32_t status;
} steps[] = {
    {"register", NOBODY_REGISTERED, RESERVATION_ACTION_REGISTER, KEY_ZERO, KEY_OURS, 1,
     NT_STATUS_SUCCESS},
    {"register_again", BOTH_REGISTERED, RESERVATION_ACTION_REGISTER, KEY_OURS, KEY_NEW, 1,
     NT_STATUS_SUCCESS},
    {"register_ignore", OTHER_REGISTERED, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, KEY_ZERO,
     KEY_OURS, 1, NT_STATUS_SUCCESS},
    {"reserve", BOTH_REGISTERED, RESERVATION_ACTION_RESERVE, KEY_OURS, KEY_ZERO, 0,
     NT_STATUS_SUCCESS},
    {"release", WE_HOLD, RESERVATION_ACTION_RELEASE, KEY_OURS, KEY_ZERO, 0, NT_STATUS_SUCCESS},
    {"release_nothing", BOTH_REGISTERED, RESERVATION_ACTION_RELEASE, KEY_OURS, KEY_ZERO, 0,
     NT_STATUS_SUCCESS},
    {"clear", BOTH_REGISTERED, RESERVATION_ACTION_CLEAR, KEY_OURS, KEY_ZERO, 1, NT_STATUS_SUCCESS},
    {"preempt_holder", OTHER_HOLDS_WE_REGISTERED, RESERVATION_ACTION_PREEMPT, KEY_OURS, KEY_OTHERS,
     1, NT_STATUS_SUCCESS},
    {"preempt_registrant", WE_HOLD_OTHER_REGISTERED, RESERVATION_ACTION_PREEMPT, KEY_OURS,
     KEY_OTHERS, 1, NT_STATUS_SUCCESS},
    {"register_refused", BOTH_REGISTERED, RESERVATION_ACTION_REGISTER, KEY_UNKNOWN, KEY_NEW, 0,
     NT_STATUS_DEVICE_BUSY},
    {"reserve_refused", OTHER_HOLDS_WE_REGISTERED, RESERVATION_ACTION_RESERVE, KEY_OURS, KEY_ZERO,
     0, NT_STATUS_DEVICE_BUSY},
    {"clear_refused", OTHER_HOLDS_WE_REGISTERED, RESERVATION_ACTION_CLEAR, KEY_UNKNOWN, KEY_ZERO, 0,
     NT_STATUS_DEVICE_BUSY},
    {"preempt_refused", WE_HOLD_OTHER_REGISTERED, RESERVATION_ACTION_PREEMPT, KEY_OURS, KEY_UNKNOWN,
     0, NT_STATUS_DEVICE_BUSY},
};

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.node_%u", steps[row / NODES].name, row % NODES + 1);
}

static void run(struct test *test, unsigned row)
{
    const struct step *step = &steps[row / NODES];
    const unsigned node = row % NODES;
    const struct unit_state state =
        situation_state(test, node, step->situation, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out out = {
        .action = step->action,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = chosen_key(test, &state, node, step->key),
        .service_action_key = chosen_key(test, &state, node, step->service_action_key),
    };
    struct unit_view before, ours, others;
    char expected[48];

    if (!arrange(test, &state) || !read_unit(test, node, &before) ||
        !expect_out(test, node, &out, step->status) || !read_unit(test, node, &ours) ||
        !read_unit(test, 1 - node, &others))
        return;
    snprintf(expected, sizeof(expected), "%" PRIu32 " more for both", step->counts);
    check(test,
          ours.generation - before.generation == step->counts &&
              others.generation == ours.generation,
          "generation", expected, "%" PRIu32 " more, %" PRIu32 " more for the other",
          ours.generation - before.generation, others.generation - before.generation);
}

const struct behaviour state_generation_of_both = {
    .name = "state.generation_of_both",
    .source = "SPC-4 6.15.2 (PRGENERATION)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    .rows = COUNT(steps) * NODES,
    .row_name = row_name,
    .run = run,
};
