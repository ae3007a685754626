/* Read access is enough for all codes but PR OUT, which wants both. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, needs;
} rows[] = {
    {"pr_in", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, NEEDS_PR},
    {"reserve", IOCTL_STORAGE_RESERVE, NEEDS_LEGACY | NEEDS_CONSENT},
    {"release", IOCTL_STORAGE_RELEASE, NEEDS_LEGACY | NEEDS_CONSENT},
    {"disk_reserve", IOCTL_DISK_RESERVE, NEEDS_LEGACY | NEEDS_CONSENT},
    {"disk_release", IOCTL_DISK_RELEASE, NEEDS_LEGACY | NEEDS_CONSENT},
    {"break_reservation", IOCTL_STORAGE_BREAK_RESERVATION, NEEDS_BREAK | NEEDS_CONSENT},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_plain(rows[row].code);
    uint32_t information = 0;

    if (rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN) {
        request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);
        information = 8;
    }
    if (rows[row].code == IOCTL_STORAGE_BREAK_RESERVATION)
        request = request_break();
    request.access = OPEN_READ;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, information, NULL);
    request.overlapped = 1;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, information, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour access_sufficient = {
    .name = "access.sufficient",
    .source = "winioctl.h's CTL_CODE values; the documentation pages of the control codes",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
