/* CancelIo while a request is with the device. The class driver cannot cancel, so that it goes on;
 * whether a port driver ends it is an open question. It ends in any case. CancelIoEx afterwards
 * finds nothing. */
#include "../flight.h"
#include "../system.h"

#include "../behaviour.h"

static bool wait_for_end(struct test *test, struct flight *flight)
{
    char text[NT_STATUS_TEXT_MAX];
    int32_t status;

    if (!expect_event(test, flight->overlapped.hEvent))
        return false;
    status = (int32_t)flight->overlapped.Internal;
    observe(test, QUESTION_CANCEL, "%s", nt_status_text(status, text));
    return check(test, status == NT_STATUS_SUCCESS || status == NT_STATUS_CANCELLED,
                 "the request that was to be cancelled", "STATUS_SUCCESS, or STATUS_CANCELLED",
                 "%s", text);
}

static void cancel_again(struct test *test, struct flight *flight)
{
    BOOL found;

    if (!system_calls()->cancel_io_ex)
        return;
    SetLastError(ERROR_SENTINEL);
    found = system_calls()->cancel_io_ex(flight->direct.handle, &flight->overlapped);
    check(test, !found && GetLastError() == ERROR_NOT_FOUND, "CancelIoEx of what is over",
          "FALSE, error 1168", "%s, error %lu", found ? "TRUE" : "FALSE", GetLastError());
}

static void run(struct test *test, unsigned row)
{
    const struct request request = flight_request(test, FLIGHT_READS);
    HANDLE handle = flight_open(test);
    struct flight *flight = flight_make(0, handle, &request);
    BOOL cancelled;

    (void)row;
    if (handle == INVALID_HANDLE_VALUE)
        return;
    flight->overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (direct_expect_pending(test, &flight->direct)) {
        cancelled = CancelIo(handle);
        check(test, cancelled, "CancelIo", "TRUE", "FALSE, error %lu", GetLastError());
        if (wait_for_end(test, flight))
            cancel_again(test, flight);
    }
    CloseHandle(flight->overlapped.hEvent);
    CloseHandle(handle);
}

const struct behaviour io_overlapped_cancel = {
    .name = "io.overlapped.cancel",
    .source = "CancelIo's page",
    .needs = NEEDS_CODES | NEEDS_PR,
    .run = run,
};
