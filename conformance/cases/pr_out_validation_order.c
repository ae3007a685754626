/* Where several things are wrong: the lengths of the command come first (24), all else is 87. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t input_length, size;
    uint8_t action_byte, type_and_scope;
    int32_t status;
} rows[] = {
    {"short_input_then_action", 11, 36, 7, 0, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"small_size_then_action", 36, 11, 31, 0, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"small_size_then_type", 36, 11, RESERVATION_ACTION_RESERVE, 7, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"small_size_then_input", 12, 0, RESERVATION_ACTION_REGISTER, 0,
     NT_STATUS_INFO_LENGTH_MISMATCH},
    {"action_then_input", 12, 12, 7, 0, NT_STATUS_INVALID_PARAMETER},
    {"type_then_input", 12, 12, RESERVATION_ACTION_RESERVE, 8, NT_STATUS_INVALID_PARAMETER},
    {"reserved1_and_action_7", 36, 36, 0xe7, 1, NT_STATUS_INVALID_PARAMETER},
};

static void run(struct test *test, unsigned row)
{
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_pr_out(&enter);

    request.input_length = rows[row].input_length;
    request_set_size(&request, rows[row].size);
    request.input[8] = rows[row].action_byte;
    request.input[9] = rows[row].type_and_scope;
    expect_no_effect(test, &request, rows[row].status);
}

const struct behaviour pr_out_validation_order = {
    .name = "pr_out.validation.order",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
