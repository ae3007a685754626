/* RESET_BUS without its byte of input. Holdfast refuses it; Windows may not look. */
#include "../behaviour.h"

static const struct outcome outcomes[] = {
    {NT_STATUS_INVALID_PARAMETER, 0, EVERYWHERE},
    {NT_STATUS_SUCCESS, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_BUFFER_TOO_SMALL, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INFO_LENGTH_MISMATCH, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_IO_DEVICE_ERROR, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_NOT_SUPPORTED, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_NOT_IMPLEMENTED, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const struct request request = request_plain(IOCTL_STORAGE_RESET_BUS);

    (void)row;
    expect_one_of(test, NODE_1, &request, QUESTION_RESET_BUS, outcomes, COUNT(outcomes), NULL);
}

const struct behaviour reset_bus_without_path = {
    .name = "reset.bus_without_path",
    .source = "IOCTL_STORAGE_RESET_BUS's page",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_BUS_RESET,
    .run = run,
};
