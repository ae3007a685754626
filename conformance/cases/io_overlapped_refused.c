/* What is refused before anything is sent fails at once on an overlapped handle: FALSE with the
 * error itself, Internal left at STATUS_PENDING, the event reset and not set again. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code, input_length, size;
    uint8_t action, type;
    uint32_t output_length;
    int32_t status;
} rows[] = {
    {"pr_in_short", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 11, 12, 0, 0, 8,
     NT_STATUS_INFO_LENGTH_MISMATCH},
    {"pr_in_size", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 12, 11, 0, 0, 8,
     NT_STATUS_INFO_LENGTH_MISMATCH},
    {"pr_in_action", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 12, 12, 3, 0, 8,
     NT_STATUS_INVALID_PARAMETER},
    {"pr_in_output", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 12, 12, 0, 0, 7,
     NT_STATUS_INVALID_PARAMETER},
    {"pr_out_short", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 11, 36, 0, 0, 0,
     NT_STATUS_INFO_LENGTH_MISMATCH},
    {"pr_out_35", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 35, 36, 0, 0, 0,
     NT_STATUS_INVALID_PARAMETER},
    {"pr_out_action", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 36, 36, 7, 0, 0,
     NT_STATUS_INVALID_PARAMETER},
    {"pr_out_type", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 36, 36, RESERVATION_ACTION_RESERVE, 7, 0,
     NT_STATUS_INVALID_PARAMETER},
};

static bool is_pr_out(unsigned row)
{
    return rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT;
}

static void run(struct test *test, unsigned row)
{
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request =
        is_pr_out(row) ? request_pr_out(&enter) : request_pr_in(rows[row].action, 8);

    request.overlapped = 1;
    request.input_length = rows[row].input_length;
    request.output_length = rows[row].output_length;
    request_set_size(&request, rows[row].size);
    request.input[8] = rows[row].action;
    request.input[9] = rows[row].type;
    if (is_pr_out(row))
        expect_no_effect(test, &request, rows[row].status);
    else
        expect(test, NODE_1, &request, rows[row].status, 0, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return is_pr_out(row) ? NEEDS_PR | NEEDS_CONSENT : 0;
}

const struct behaviour io_overlapped_refused = {
    .name = "io.overlapped.refused",
    .source = "the I/O manager's completion, as in ReactOS irp.c",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
