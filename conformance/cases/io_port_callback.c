/* BindIoCompletionCallback: the routine is called once for what the device decided, and not for
 * what was refused. */
#include "../flight.h"

#include "../behaviour.h"

static struct {
    HANDLE called;
    volatile LONG calls;
    DWORD error, bytes;
    OVERLAPPED *overlapped;
} seen;

static void CALLBACK callback(DWORD error, DWORD bytes, OVERLAPPED *overlapped)
{
    seen.error = error;
    seen.bytes = bytes;
    seen.overlapped = overlapped;
    InterlockedIncrement(&seen.calls);
    SetEvent(seen.called);
}

static void run(struct test *test, unsigned row)
{
    const struct request wrong = flight_request(test, FLIGHT_WRONG),
                         read = flight_request(test, FLIGHT_READS);
    HANDLE handle = flight_open(test);
    struct flight *refused = flight_make(0, handle, &wrong), *done = flight_make(1, handle, &read);

    (void)row;
    if (handle == INVALID_HANDLE_VALUE)
        return;
    ZeroMemory(&seen, sizeof(seen));
    seen.called = CreateEventW(NULL, TRUE, FALSE, NULL); /* kept: a late call may set it */
    if (check(test, BindIoCompletionCallback(handle, callback, 0), "BindIoCompletionCallback",
              "TRUE", "error %lu", GetLastError()) &&
        direct_expect_refused(test, &refused->direct, flight_status(FLIGHT_WRONG)) &&
        direct_expect_pending(test, &done->direct) && expect_event(test, seen.called))
        check(test,
              seen.calls == 1 && seen.error == 0 && seen.bytes == 8 &&
                  seen.overlapped == &done->overlapped,
              "calls of the routine", "one, for the request that was sent: error 0, 8 bytes",
              "%ld, error %lu, %lu bytes", seen.calls, seen.error, seen.bytes);
    CloseHandle(handle);
}

const struct behaviour io_port_callback = {
    .name = "io.port.callback",
    .source = "BindIoCompletionCallback's page",
    .needs = NEEDS_CODES | NEEDS_PR,
    .run = run,
};
