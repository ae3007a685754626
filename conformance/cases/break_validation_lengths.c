/* BREAK_RESERVATION with a request that is too short, or says so. Which lengths Windows checks is
 * not public; Holdfast wants eight bytes, and a Length of eight. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t input_length;
    uint8_t length;
} rows[] = {
    {"no_input", 0, 0}, {"input_1", 1, 8},  {"input_4", 4, 8},
    {"input_7", 7, 8},  {"length_0", 8, 0}, {"length_7", 8, 7},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_INVALID_PARAMETER, 0, EVERYWHERE},
    {NT_STATUS_INFO_LENGTH_MISMATCH, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_BUFFER_TOO_SMALL, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_SUCCESS, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_break();

    request.input_length = rows[row].input_length;
    request.input[0] = rows[row].length;
    expect_one_of(test, NODE_1, &request, QUESTION_BREAK_LENGTHS, outcomes, COUNT(outcomes), NULL);
}

const struct behaviour break_validation_lengths = {
    .name = "break.validation.lengths",
    .source = "STORAGE_BREAK_RESERVATION_REQUEST's page",
    .needs = NEEDS_CODES | NEEDS_BREAK | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
