/* What the device decides on an overlapped handle is ERROR_IO_PENDING first, however fast it was;
 * then InternalHigh, Internal, the event and GetOverlappedResult say what came. */
#include "../unit_state.h"

#include "../behaviour.h"

enum what { READ_KEYS, REGISTER, CONFLICT, DEVICE_ERROR };
enum { HEADER_AND_KEY = 16 };

static const struct {
    const char *name;
    enum what what;
    int32_t status;
} rows[] = {
    {"pr_in", READ_KEYS, NT_STATUS_SUCCESS},
    {"pr_out", REGISTER, NT_STATUS_SUCCESS},
    {"conflict", CONFLICT, NT_STATUS_DEVICE_BUSY},
    {"error_of_the_device", DEVICE_ERROR, NT_STATUS_INVALID_DEVICE_REQUEST},
};

static struct request make(const struct test *test, enum what what)
{
    const uint64_t key = unit_key(test, 1);
    const struct pr_out again = {.key = key, .service_action_key = unit_key(test, 2)};
    const struct pr_out strange = {.key = unit_key(test, 9), .service_action_key = key};
    /* PREEMPT of the key 0: INVALID FIELD IN PARAMETER LIST (SPC-4 5.12.11.2.4). */
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT, .type = RESERVATION_TYPE_EXCLUSIVE, .key = key};

    switch (what) {
    case REGISTER:
        return request_pr_out(&again);
    case CONFLICT:
        return request_pr_out(&strange);
    case DEVICE_ERROR:
        return request_pr_out(&preempt);
    case READ_KEYS:
        break;
    }
    return request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    struct request request = make(test, rows[row].what);

    request.overlapped = 1;
    if (!arrange(test, &registered))
        return;
    if (rows[row].what == READ_KEYS)
        expect(test, NODE_1, &request, NT_STATUS_SUCCESS, HEADER_AND_KEY, NULL);
    else
        expect_status(test, NODE_1, &request, rows[row].status, NULL);
}

const struct behaviour io_overlapped_decided = {
    .name = "io.overlapped.decided",
    .source = "classpnp class.c ClassSendSrbAsynchronous",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
