/* The handle is closed as soon as the request is pending: it goes on, and event, Internal and
 * packet come. */
#include "../flight.h"

#include "../behaviour.h"

enum { KEY = 5 };

static const struct {
    const char *name;
    bool port;
} rows[] = {
    {"event", false},
    {"port", true},
};

static void run(struct test *test, unsigned row)
{
    const struct request request = flight_request(test, FLIGHT_READS);
    HANDLE handle = flight_open(test);
    struct flight *flight = flight_make(0, handle, &request);
    HANDLE port = NULL;
    bool pending;

    if (handle == INVALID_HANDLE_VALUE)
        return;
    flight->overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (rows[row].port)
        port = CreateIoCompletionPort(handle, NULL, KEY, 1);
    pending = direct_expect_pending(test, &flight->direct);
    CloseHandle(handle);
    if (pending && expect_event(test, flight->overlapped.hEvent))
        direct_expect_end(test, &flight->direct, NT_STATUS_SUCCESS, 8);
    if (pending && rows[row].port)
        expect_packet(test, port, KEY, flight, FLIGHT_READS);
    if (port)
        CloseHandle(port);
    CloseHandle(flight->overlapped.hEvent);
}

const struct behaviour io_overlapped_closed_handle = {
    .name = "io.overlapped.closed_handle",
    .source = "classpnp sets no cancel routine",
    .needs = NEEDS_CODES | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
