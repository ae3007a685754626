/* Where several things are wrong: the lengths of the command come first (24), all else is 87. The
 * bits of Reserved1 do not make another service action of one that is refused. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t input_length, size;
    uint8_t action_byte;
    uint16_t allocation_length;
    uint32_t output_length;
    int32_t status;
} rows[] = {
    {"short_input_first", 11, 12, 31, 0, 0, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"small_size_first", 12, 11, 31, 0, 0, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"both_lengths", 0, 0, 31, 0, 0, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"small_size_then_output", 12, 0, 0, 64, 8, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"action_and_allocation", 12, 12, 2, 0, 64, NT_STATUS_INVALID_PARAMETER},
    {"action_and_output", 12, 12, 3, 64, 8, NT_STATUS_INVALID_PARAMETER},
    {"allocation_and_output", 12, 12, 0, 7, 0, NT_STATUS_INVALID_PARAMETER},
    {"reserved1_and_action_2", 12, 12, 0xe2, 8, 8, NT_STATUS_INVALID_PARAMETER},
    {"reserved1_and_action_3", 12, 12, 0x23, 8, 8, NT_STATUS_INVALID_PARAMETER},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(rows[row].action_byte, rows[row].allocation_length);

    request.input_length = rows[row].input_length;
    request.output_length = rows[row].output_length;
    request_set_size(&request, rows[row].size);
    expect(test, NODE_1, &request, rows[row].status, 0, NULL);
}

const struct behaviour pr_in_validation_order = {
    .name = "pr_in.validation.order",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
};
