/* A NULL pointer with a length. In the model of the I/O manager that is public the length counts as
 * 0, so that PR IN is too short, or has no room; which Windows does so is an open question. */
#include "../behaviour.h"

enum { OUTCOMES = 4 };

static const struct {
    const char *name;
    bool input;
    struct outcome outcomes[OUTCOMES];
} rows[] = {
    {"input",
     true,
     {{NT_STATUS_INFO_LENGTH_MISMATCH, 0, EVERYWHERE},
      {NT_STATUS_ACCESS_VIOLATION, 0, ON_WINDOWS | ON_REACTOS},
      {NT_STATUS_INVALID_PARAMETER, 0, ON_WINDOWS | ON_REACTOS},
      {NT_STATUS_INVALID_USER_BUFFER, 0, ON_WINDOWS | ON_REACTOS}}},
    {"output",
     false,
     {{NT_STATUS_INVALID_PARAMETER, 0, EVERYWHERE},
      {NT_STATUS_ACCESS_VIOLATION, 0, ON_WINDOWS | ON_REACTOS},
      {NT_STATUS_INVALID_USER_BUFFER, 0, ON_WINDOWS | ON_REACTOS},
      {NT_STATUS_SUCCESS, 8, ON_WINDOWS | ON_REACTOS}}},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);

    if (rows[row].input)
        request.input_flags = NULL_BUFFER;
    else
        request.output_flags = NULL_BUFFER;
    expect_one_of(test, NODE_1, &request, QUESTION_NULL_WITH_LENGTH, rows[row].outcomes, OUTCOMES,
                  NULL);
}

const struct behaviour io_pointer_null_with_length = {
    .name = "io.pointer.null_with_length",
    .source = "the I/O manager, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
};
