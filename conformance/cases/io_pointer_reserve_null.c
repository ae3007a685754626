/* RESERVE with NULL pointers that have lengths: it has no use for either buffer. */
#include "../behaviour.h"

static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    {NT_STATUS_ACCESS_VIOLATION, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_plain(IOCTL_STORAGE_RESERVE);

    (void)row;
    request.input_length = 64;
    request.output_length = 64;
    expect_one_of(test, NODE_1, &request, QUESTION_NULL_WITH_LENGTH, outcomes, COUNT(outcomes),
                  NULL);
}

const struct behaviour io_pointer_reserve_null = {
    .name = "io.pointer.reserve_null",
    .source = "classpnp class.c ClassDeviceControl; the I/O manager, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES | NEEDS_LEGACY | NEEDS_CONSENT,
    .run = run,
};
