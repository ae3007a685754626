/* A PR IN that conflicts, as under a RESERVE, leaves the output alone. Disks that let it through
 * are not asked further. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t overlapped;
    uint8_t action;
} rows[] = {
    {"keys.synchronous", 0, RESERVATION_ACTION_READ_KEYS},
    {"keys.overlapped", 1, RESERVATION_ACTION_READ_KEYS},
    {"reservations.synchronous", 0, RESERVATION_ACTION_READ_RESERVATIONS},
    {"reservations.overlapped", 1, RESERVATION_ACTION_READ_RESERVATIONS},
};

enum { LENGTH = 64 };

static void run(struct test *test, unsigned row)
{
    static const struct outcome outcomes[] = {
        {NT_STATUS_DEVICE_BUSY, 0, EVERYWHERE},
        {NT_STATUS_DEVICE_BUSY, LENGTH, ON_WINDOWS | ON_REACTOS},
    };
    const struct scsi_request command = scsi_pr_in(rows[row].action, LENGTH);
    struct request request = request_pr_in(rows[row].action, LENGTH);
    struct scsi_answer direct;

    if (!expect_plain(test, NODE_2, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS) ||
        !ask_scsi(test, NODE_1, &command, &direct))
        return;
    if (direct.status != STATUS_RESERVATION_CONFLICT) {
        skip(test, "this disk answers PERSISTENT RESERVE IN while it is reserved by RESERVE");
        return;
    }
    request.overlapped = rows[row].overlapped;
    expect_one_of(test, NODE_1, &request, QUESTION_CONFLICT_INFORMATION, outcomes, COUNT(outcomes),
                  NULL);
}

const struct behaviour conflict_pr_in = {
    .name = "conflict.pr_in",
    .source = "classpnp class.c ClassInterpretSenseInfo; SPC-2 5.5.1",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_LEGACY | NEEDS_BOTH_NODES |
             NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
