/* The same when the request is overlapped: pending first, then the conflict. */
#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned holder;
} rows[] = {{"node_1_holds", NODE_1}, {"node_2_holds", NODE_2}};

static bool ask_overlapped(struct test *test, unsigned node, uint32_t code, int32_t status)
{
    struct request request = request_plain(code);

    request.overlapped = 1;
    return expect_status(test, node, &request, status, NULL);
}

static void run(struct test *test, unsigned row)
{
    const unsigned holder = rows[row].holder, other = 1 - holder;

    ask_overlapped(test, holder, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS);
    ask_overlapped(test, other, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
    ask_overlapped(test, holder, IOCTL_STORAGE_RELEASE, NT_STATUS_SUCCESS);
    ask_overlapped(test, other, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS);
    ask_overlapped(test, other, IOCTL_STORAGE_RELEASE, NT_STATUS_SUCCESS);
}

const struct behaviour reserve_conflict_overlapped = {
    .name = "reserve.conflict.overlapped",
    .source = "classpnp class.c ClassSendSrbAsynchronous; SPC-2 7.21",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
