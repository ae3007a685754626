/* Size may be larger than the input, not smaller: for PR OUT the two are compared. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t size, input_length;
    int32_t status;
} rows[] = {
    {"size_0", 0, 36, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_1", 1, 36, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_11", 11, 36, NT_STATUS_INFO_LENGTH_MISMATCH},
    {"size_12", 12, 36, NT_STATUS_INVALID_PARAMETER},
    {"size_34", 34, 36, NT_STATUS_INVALID_PARAMETER},
    {"size_35", 35, 36, NT_STATUS_INVALID_PARAMETER},
    {"size_36_of_37_bytes", 36, 37, NT_STATUS_INVALID_PARAMETER},
    {"size_36_of_64_bytes", 36, 64, NT_STATUS_INVALID_PARAMETER},
    {"size_63_of_64_bytes", 63, 64, NT_STATUS_INVALID_PARAMETER},
    {"size_255_of_256_bytes", 255, 256, NT_STATUS_INVALID_PARAMETER},
    {"size_36", 36, 36, NT_STATUS_SUCCESS},
    {"size_37", 37, 36, NT_STATUS_SUCCESS},
    {"size_2_to_the_31", 0x80000000, 36, NT_STATUS_SUCCESS},
    {"size_largest", 0xffffffff, 36, NT_STATUS_SUCCESS},
    {"size_37_of_37_bytes", 37, 37, NT_STATUS_SUCCESS},
    {"size_64_of_64_bytes", 64, 64, NT_STATUS_SUCCESS},
    {"size_65_of_64_bytes", 65, 64, NT_STATUS_SUCCESS},
    {"size_256_of_256_bytes", 256, 256, NT_STATUS_SUCCESS},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_pr_out(&enter);

    request.input_length = rows[row].input_length;
    request_set_size(&request, rows[row].size);
    if (rows[row].status) {
        expect_no_effect(test, &request, rows[row].status);
        return;
    }
    expect_status(test, NODE_1, &request, NT_STATUS_SUCCESS, NULL);
    expect_unit(test, &registered);
}

const struct behaviour pr_out_validation_size = {
    .name = "pr_out.validation.size",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
