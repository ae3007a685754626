/* A whole input is 36 bytes: the 12 of the command structure and the 24 of the parameter list,
 * which begins at offset 10 all the same. Below 12 the length is wrong (24), below 36 the parameter
 * (87), though the list ends at byte 34. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <stdio.h>

static const uint32_t lengths[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 33, 34, 35};

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out leave = {.key = unit_key(test, 1)};
    struct request request = request_pr_out(&leave);

    if (!arrange(test, &registered))
        return;
    request.input_length = lengths[row];
    expect_no_effect(test, &request,
                     lengths[row] < PR_COMMAND_LENGTH ? NT_STATUS_INFO_LENGTH_MISMATCH
                                                      : NT_STATUS_INVALID_PARAMETER);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "bytes_%u", (unsigned)lengths[row]);
}

const struct behaviour pr_out_validation_input_length = {
    .name = "pr_out.validation.input_length",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .rows = COUNT(lengths),
    .row_name = row_name,
    .run = run,
};
