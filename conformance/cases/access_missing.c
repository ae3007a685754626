/* Each code wants FILE_READ_DATA of the handle, PR OUT and the OBSOLETE_ codes FILE_WRITE_DATA too.
 * Without, the I/O manager refuses the request (5), on an overlapped handle at once. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <stdio.h>

static const struct {
    const char *name;
    uint32_t code;
} codes[] = {
    {"pr_in", IOCTL_STORAGE_PERSISTENT_RESERVE_IN},
    {"pr_out", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    {"reserve", IOCTL_STORAGE_RESERVE},
    {"release", IOCTL_STORAGE_RELEASE},
    {"disk_reserve", IOCTL_DISK_RESERVE},
    {"disk_release", IOCTL_DISK_RELEASE},
    {"break_reservation", IOCTL_STORAGE_BREAK_RESERVATION},
    {"reset_bus", IOCTL_STORAGE_RESET_BUS},
    {"reset_device", IOCTL_STORAGE_RESET_DEVICE},
    {"obsolete_reset_bus", OBSOLETE_IOCTL_STORAGE_RESET_BUS},
    {"obsolete_reset_device", OBSOLETE_IOCTL_STORAGE_RESET_DEVICE},
};

/* The last one only for what wants to write. */
static const struct {
    const char *name;
    uint32_t access;
} handles[] = {{"nothing", OPEN_NOTHING}, {"write_only", OPEN_WRITE}, {"read_only", OPEN_READ}};

enum { READ_WRITE_CODES = 3, ALWAYS = COUNT(codes) * (COUNT(handles) - 1) };

/* Row to code and handle: two handles for each code, then the read-only one for three codes. */
static unsigned code_of(unsigned row)
{
    static const unsigned writers[READ_WRITE_CODES] = {1, 9, 10};

    return row < ALWAYS ? row / (COUNT(handles) - 1) : writers[row - ALWAYS];
}

static unsigned handle_of(unsigned row)
{
    return row < ALWAYS ? row % (COUNT(handles) - 1) : COUNT(handles) - 1;
}

static struct request proper_request(const struct test *test, uint32_t code)
{
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_plain(code);

    if (code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);
    if (code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
        request = request_pr_out(&enter);
    if (code == IOCTL_STORAGE_BREAK_RESERVATION)
        request = request_break();
    return request;
}

static void run(struct test *test, unsigned row)
{
    struct request request = proper_request(test, codes[code_of(row)].code);

    request.access = handles[handle_of(row)].access;
    expect(test, NODE_1, &request, NT_STATUS_ACCESS_DENIED, 0, NULL);
    request.overlapped = 1;
    expect(test, NODE_1, &request, NT_STATUS_ACCESS_DENIED, 0, NULL);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.%s", codes[code_of(row)].name, handles[handle_of(row)].name);
}

/* A system that did not look would do what it is asked. */
static uint32_t row_needs(unsigned row)
{
    return codes[code_of(row)].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN ? 0 : NEEDS_CONSENT;
}

const struct behaviour access_missing = {
    .name = "access.missing",
    .source = "winioctl.h's CTL_CODE values; the I/O manager's check, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    .rows = ALWAYS + READ_WRITE_CODES,
    .row_name = row_name,
    .run = run,
    .row_needs = row_needs,
};
