/* RESET_DEVICE, which the documentation says SCSI devices do not support, and the OBSOLETE_ codes
 * of old programs. Holdfast knows them and refuses them. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, needs;
} rows[] = {
    {"device", IOCTL_STORAGE_RESET_DEVICE, 0},
    {"obsolete_device", OBSOLETE_IOCTL_STORAGE_RESET_DEVICE, 0},
    {"obsolete_bus", OBSOLETE_IOCTL_STORAGE_RESET_BUS, NEEDS_BUS_RESET},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, EVERYWHERE},
    {NT_STATUS_NOT_SUPPORTED, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_NOT_IMPLEMENTED, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_PARAMETER, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_IO_DEVICE_ERROR, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_SUCCESS, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const struct request request = request_plain(rows[row].code);

    expect_one_of(test, NODE_1, &request, QUESTION_RESET_DEVICE, outcomes, COUNT(outcomes), NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour reset_device = {
    .name = "reset.device",
    .source = "IOCTL_STORAGE_RESET_DEVICE's page",
    .needs = NEEDS_CODES | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
