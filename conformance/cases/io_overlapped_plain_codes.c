/* RESERVE, RELEASE, BREAK_RESERVATION and the disk-typed names on an overlapped handle: pending
 * first as well. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, needs;
} rows[] = {
    {"reserve", IOCTL_STORAGE_RESERVE, NEEDS_LEGACY},
    {"release", IOCTL_STORAGE_RELEASE, NEEDS_LEGACY},
    {"disk_reserve", IOCTL_DISK_RESERVE, NEEDS_LEGACY},
    {"disk_release", IOCTL_DISK_RELEASE, NEEDS_LEGACY},
    {"break_reservation", IOCTL_STORAGE_BREAK_RESERVATION, NEEDS_BREAK},
};

static void run(struct test *test, unsigned row)
{
    struct request request = rows[row].code == IOCTL_STORAGE_BREAK_RESERVATION
                                 ? request_break()
                                 : request_plain(rows[row].code);

    request.overlapped = 1;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 0, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour io_overlapped_plain_codes = {
    .name = "io.overlapped.plain_codes",
    .source = "classpnp class.c ClassDeviceControl marks them pending",
    .needs = NEEDS_CODES | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
