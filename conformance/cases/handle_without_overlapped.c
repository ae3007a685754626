/* An overlapped handle without an OVERLAPPED: the call waits, and its answers are those of a
 * synchronous handle. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct pr_out strange = {.key = unit_key(test, 9),
                                   .service_action_key = unit_key(test, 1)};
    HANDLE handle = direct_open(test, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
    struct request in = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);
    struct request refused = request_pr_in(2, 8), out = request_pr_out(&strange);
    uint8_t output[8];
    struct direct direct = {.handle = handle, .output = output};

    (void)row;
    if (handle == INVALID_HANDLE_VALUE)
        return;
    direct.request = &in;
    direct.input = in.input;
    direct_expect(test, &direct, NT_STATUS_SUCCESS, 8);
    direct.request = &refused;
    direct.input = refused.input;
    direct_expect(test, &direct, NT_STATUS_INVALID_PARAMETER, 0);
    direct.request = &out;
    direct.input = out.input;
    direct.output = NULL;
    direct_expect(test, &direct, NT_STATUS_DEVICE_BUSY, 0);
    CloseHandle(handle);
}

const struct behaviour handle_without_overlapped = {
    .name = "handle.without_overlapped",
    .source = "kernel32 DeviceIoControl",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .run = run,
};
