/* A disk that knows neither RESERVE(6) nor RESERVE(10) refuses both, and the answer to the second,
 * which the class driver tries by itself, is what the program sees. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, overlapped;
} rows[] = {
    {"reserve", IOCTL_STORAGE_RESERVE, 0},   {"reserve_overlapped", IOCTL_STORAGE_RESERVE, 1},
    {"release", IOCTL_STORAGE_RELEASE, 0},   {"release_overlapped", IOCTL_STORAGE_RELEASE, 1},
    {"disk_reserve", IOCTL_DISK_RESERVE, 0}, {"disk_release", IOCTL_DISK_RELEASE, 0},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_plain(rows[row].code);

    request.overlapped = rows[row].overlapped;
    expect_status(test, NODE_1, &request, NT_STATUS_INVALID_DEVICE_REQUEST, NULL);
}

const struct behaviour unsupported_legacy = {
    .name = "unsupported.legacy",
    .source = "classpnp class.c ClassInterpretSenseInfo (ILLEGAL REQUEST; RESERVE(10) at its end)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_NO_LEGACY,
    ROWS(rows),
    .run = run,
};
