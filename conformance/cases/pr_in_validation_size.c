/* Size has to be that of the command structure at least. It is not compared with the length of the
 * input, which it is for PR OUT. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t size, input_length;
    int32_t status;
} rows[] = {
    {"size_0", 0, PR_COMMAND_LENGTH, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_1", 1, PR_COMMAND_LENGTH, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_11", 11, PR_COMMAND_LENGTH, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_0_of_36_bytes", 0, 36, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_11_of_36_bytes", 11, 36, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_12", 12, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
    {"size_12_of_13_bytes", 12, 13, NT_STATUS_SUCCESS},
    {"size_12_of_256_bytes", 12, 256, NT_STATUS_SUCCESS},
    {"size_13", 13, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
    {"size_36", 36, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
    {"size_256", 0x100, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
    {"size_65536", 0x10000, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
    {"size_2_to_the_31", 0x80000000, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
    {"size_largest", 0xffffffff, PR_COMMAND_LENGTH, NT_STATUS_SUCCESS},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);

    request.input_length = rows[row].input_length;
    request_set_size(&request, rows[row].size);
    expect(test, NODE_1, &request, rows[row].status, rows[row].status ? 0 : 8, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].status ? 0 : NEEDS_PR;
}

const struct behaviour pr_in_validation_size = {
    .name = "pr_in.validation.size",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
