/* RESET_BUS: a byte of input, the PathId. On a disk's handle some systems refuse it, and some
 * transports have no bus to reset. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t input_length;
    uint32_t code;
} rows[] = {
    {"path_0", 1, IOCTL_STORAGE_RESET_BUS},
    {"longer_input", 16, IOCTL_STORAGE_RESET_BUS},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    {NT_STATUS_IO_DEVICE_ERROR, 0, EVERYWHERE},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_PARAMETER, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_NOT_SUPPORTED, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_NOT_IMPLEMENTED, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_plain(rows[row].code);

    request.input_flags = 0;
    request.input_length = rows[row].input_length;
    expect_one_of(test, NODE_1, &request, QUESTION_RESET_BUS, outcomes, COUNT(outcomes), NULL);
}

const struct behaviour reset_bus = {
    .name = "reset.bus",
    .source = "IOCTL_STORAGE_RESET_BUS's page",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_BUS_RESET,
    ROWS(rows),
    .run = run,
};
