/* The generation that both lists begin with counts the registrations, preemptions and clears that
 * were done; nothing else. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <inttypes.h>

enum { EXCLUSIVE = RESERVATION_TYPE_EXCLUSIVE };

/* Every row begins with node 1 registered by its key 1, and holding or not. The keys are numbers of
 * unit_key, 0 is none. */
static const struct {
    const char *name;
    uint8_t action;
    bool held;
    uint8_t type, key, service_action_key;
    int32_t status;
    uint32_t counts;
} rows[] = {
    {"register", RESERVATION_ACTION_REGISTER, false, 0, 1, 2, NT_STATUS_SUCCESS, 1},
    {"register_same_key", RESERVATION_ACTION_REGISTER, false, 0, 1, 1, NT_STATUS_SUCCESS, 1},
    {"unregister", RESERVATION_ACTION_REGISTER, false, 0, 1, 0, NT_STATUS_SUCCESS, 1},
    {"unregister_the_holder", RESERVATION_ACTION_REGISTER, true, 0, 1, 0, NT_STATUS_SUCCESS, 1},
    {"register_ignore", RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, false, 0, 9, 2,
     NT_STATUS_SUCCESS, 1},
    {"clear", RESERVATION_ACTION_CLEAR, true, 0, 1, 0, NT_STATUS_SUCCESS, 1},
    {"preempt", RESERVATION_ACTION_PREEMPT, true, EXCLUSIVE, 1, 1, NT_STATUS_SUCCESS, 1},
    {"preempt_abort", RESERVATION_ACTION_PREEMPT_ABORT, true, EXCLUSIVE, 1, 1, NT_STATUS_SUCCESS,
     1},
    {"reserve", RESERVATION_ACTION_RESERVE, false, EXCLUSIVE, 1, 0, NT_STATUS_SUCCESS, 0},
    {"reserve_again", RESERVATION_ACTION_RESERVE, true, EXCLUSIVE, 1, 0, NT_STATUS_SUCCESS, 0},
    {"release", RESERVATION_ACTION_RELEASE, true, EXCLUSIVE, 1, 0, NT_STATUS_SUCCESS, 0},
    {"release_of_nothing", RESERVATION_ACTION_RELEASE, false, EXCLUSIVE, 1, 0, NT_STATUS_SUCCESS,
     0},
    {"register_with_wrong_key", RESERVATION_ACTION_REGISTER, false, 0, 9, 2, NT_STATUS_DEVICE_BUSY,
     0},
    {"clear_with_wrong_key", RESERVATION_ACTION_CLEAR, true, 0, 9, 0, NT_STATUS_DEVICE_BUSY, 0},
    {"refused", 7, true, EXCLUSIVE, 1, 2, NT_STATUS_INVALID_PARAMETER, 0},
};

static uint64_t key_of(const struct test *test, unsigned number)
{
    return number ? unit_key(test, number) : 0;
}

/* LIO does not count who leaves. */
static bool is_leave(unsigned row)
{
    return rows[row].action == RESERVATION_ACTION_REGISTER && !rows[row].service_action_key;
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state before = {
        {unit_key(test, 1), 0}, rows[row].held ? NODE_1 : NOBODY, EXCLUSIVE, NOBODY};
    const struct pr_out out = {.action = rows[row].action,
                               .type = rows[row].type,
                               .key = key_of(test, rows[row].key),
                               .service_action_key = key_of(test, rows[row].service_action_key)};
    const struct request request = request_pr_out(&out);
    struct unit_view earlier, later, again;

    if (!arrange(test, &before) || !read_unit(test, NODE_1, &earlier))
        return;
    expect_status(test, NODE_1, &request, rows[row].status, NULL);
    if (!read_unit(test, NODE_1, &later) || !read_unit(test, NODE_1, &again))
        return;
    if (is_leave(row))
        observe(test, QUESTION_UNREGISTER_COUNTS, "%" PRIu32,
                later.generation - earlier.generation);
    check(test,
          later.generation - earlier.generation == rows[row].counts ||
              (is_leave(row) && later.generation == earlier.generation),
          "the generation", rows[row].counts ? "one more" : "as it was", "%" PRIu32 " more",
          later.generation - earlier.generation);
    check(test, again.generation == later.generation, "the generation after PR IN", "as it was",
          "%" PRIu32 " more", again.generation - later.generation);
}

const struct behaviour state_generation_counts = {
    .name = "state.generation_counts",
    .source = "SPC-4 6.15.2.2",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
