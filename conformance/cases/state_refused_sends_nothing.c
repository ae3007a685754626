/* What Windows refuses by itself never reaches the disk: neither state nor generation change, and a
 * unit attention that waits for the first command goes on waiting. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    struct pr_out out; /* but for the keys */
    uint32_t input_length, size;
    int32_t status;
} rows[] = {
    {"input_11", {.action = RESERVATION_ACTION_CLEAR}, 11, 36, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_11", {.action = RESERVATION_ACTION_CLEAR}, 36, 11, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"input_35", {.action = RESERVATION_ACTION_CLEAR}, 35, 36, NT_STATUS_INVALID_PARAMETER},
    {"size_35", {.action = RESERVATION_ACTION_CLEAR}, 36, 35, NT_STATUS_INVALID_PARAMETER},
    {"reserve_type_0",
     {.action = RESERVATION_ACTION_RESERVE, .type = 0},
     36,
     36,
     NT_STATUS_INVALID_PARAMETER},
    {"reserve_type_7",
     {.action = RESERVATION_ACTION_RESERVE, .type = 7},
     36,
     36,
     NT_STATUS_INVALID_PARAMETER},
    {"preempt_type_8",
     {.action = RESERVATION_ACTION_PREEMPT, .type = 8},
     36,
     36,
     NT_STATUS_INVALID_PARAMETER},
    {"reserve_scope_1",
     {.action = RESERVATION_ACTION_RESERVE, .type = 1, .scope = 1},
     36,
     36,
     NT_STATUS_INVALID_PARAMETER},
    {"register_and_move", {.action = 7}, 36, 36, NT_STATUS_INVALID_PARAMETER},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state both = situation_state(test, NODE_1, BOTH_REGISTERED, 0);
    const struct pr_out clear = {.action = RESERVATION_ACTION_CLEAR, .key = unit_key(test, 2)};
    struct pr_out out = rows[row].out;
    struct request request;
    struct unit_view before, after;

    out.key = unit_key(test, 1);
    out.service_action_key = unit_key(test, 2);
    request = request_pr_out(&out);
    request.input_length = rows[row].input_length;
    request_set_size(&request, rows[row].size);
    if (!arrange(test, &both) || !take_unit_attentions(test, NODE_1) ||
        !expect_out(test, NODE_2, &clear, NT_STATUS_SUCCESS) || !read_unit(test, NODE_2, &before) ||
        !expect(test, NODE_1, &request, rows[row].status, 0, NULL))
        return;
    expect_unit_attention(test, NODE_1, 0x2a, 0x03);
    if (read_unit(test, NODE_2, &after))
        check(test, after.generation == before.generation, "generation", "the same", "another");
    expect_unit(test, &unit_free);
}

const struct behaviour state_refused_sends_nothing = {
    .name = "state.refused_sends_nothing",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
