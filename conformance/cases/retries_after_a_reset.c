/* A reset leaves a unit attention behind, which the next command is told of instead of being done.
 * The class driver sends it again: the program sees the success alone. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, needs;
    uint32_t overlapped;
} rows[] = {
    {"pr_in", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 0, 0},
    {"pr_in_overlapped", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 0, 1},
    {"pr_out", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 0, 0},
    {"reserve", IOCTL_STORAGE_RESERVE, NEEDS_LEGACY, 0},
    {"release", IOCTL_STORAGE_RELEASE, NEEDS_LEGACY, 0},
    {"another_reset", IOCTL_STORAGE_BREAK_RESERVATION, 0, 0},
};

static void run(struct test *test, unsigned row)
{
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    const struct request reset = request_break();
    struct request request = request_plain(rows[row].code);

    if (rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);
    if (rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
        request = request_pr_out(&enter);
    if (rows[row].code == IOCTL_STORAGE_BREAK_RESERVATION)
        request = request_break();
    request.overlapped = rows[row].overlapped;
    if (!expect(test, NODE_1, &reset, NT_STATUS_SUCCESS, 0, NULL))
        return;
    if (rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        expect(test, NODE_1, &request, NT_STATUS_SUCCESS, request.output_length, NULL);
    else
        expect_status(test, NODE_1, &request, NT_STATUS_SUCCESS, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour retries_after_a_reset = {
    .name = "retries.after_a_reset",
    .source = "classpnp class.c ClassInterpretSenseInfo, UNIT ATTENTION; SPC-4 5.14, 29h",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_BREAK | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
