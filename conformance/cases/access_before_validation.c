/* A handle without the access is refused for that (5), whatever else is wrong with the request: no
 * driver has seen it. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, access, input_length;
    uint8_t action;
} rows[] = {
    {"pr_in_no_input", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, OPEN_NOTHING, 0, 0},
    {"pr_in_short_input", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, OPEN_WRITE, 11, 0},
    {"pr_in_action", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, OPEN_NOTHING, 12, 2},
    {"pr_out_no_input", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, OPEN_READ, 0, 0},
    {"pr_out_short_input", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, OPEN_READ, 11, 0},
    {"pr_out_action", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, OPEN_WRITE, 36, 7},
    {"pr_out_nothing", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, OPEN_NOTHING, 35, 7},
    {"break_no_input", IOCTL_STORAGE_BREAK_RESERVATION, OPEN_NOTHING, 0, 0},
    {"break_short_input", IOCTL_STORAGE_BREAK_RESERVATION, OPEN_WRITE, 7, 0},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(rows[row].action, 8);

    request.code = rows[row].code;
    request.access = rows[row].access;
    request.input_length = rows[row].input_length;
    expect(test, NODE_1, &request, NT_STATUS_ACCESS_DENIED, 0, NULL);
    request.overlapped = 1;
    expect(test, NODE_1, &request, NT_STATUS_ACCESS_DENIED, 0, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN ? 0 : NEEDS_CONSENT;
}

const struct behaviour access_before_validation = {
    .name = "access.before_validation",
    .source = "the I/O manager's check, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
