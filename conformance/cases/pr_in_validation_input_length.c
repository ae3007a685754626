/* A PERSISTENT_RESERVE_COMMAND is 12 bytes; less is refused before anything is sent, more is not
 * looked at. */
#include "../behaviour.h"

#include <stdio.h>

static const uint32_t lengths[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 34, 36, 256};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);

    request.input_length = lengths[row];
    if (lengths[row] < PR_COMMAND_LENGTH)
        expect(test, NODE_1, &request, NT_STATUS_INFO_LENGTH_MISMATCH, 0, NULL);
    else
        expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 8, NULL);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "bytes_%u", (unsigned)lengths[row]);
}

static uint32_t row_needs(unsigned row)
{
    return lengths[row] < PR_COMMAND_LENGTH ? 0 : NEEDS_PR;
}

const struct behaviour pr_in_validation_input_length = {
    .name = "pr_in.validation.input_length",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES,
    .rows = COUNT(lengths),
    .row_name = row_name,
    .run = run,
    .row_needs = row_needs,
};
