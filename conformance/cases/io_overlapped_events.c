/* Kinds of events: none at all, where GetOverlappedResult waits for the handle; one of automatic
 * reset, which lets one waiter pass; one that was set before and has to be reset by the request. */
#include "../flight.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    bool event, manual, set;
} rows[] = {
    {"none", false, false, false},
    {"automatic_reset", true, false, false},
    {"set_before", true, true, true},
};

static void finish(struct test *test, unsigned row, struct flight *flight)
{
    HANDLE event = flight->overlapped.hEvent;
    DWORD bytes = 0;
    BOOL done;

    if (event && !expect_event(test, event))
        return;
    if (event && !rows[row].manual) {
        check(test, WaitForSingleObject(event, 0) == WAIT_TIMEOUT, "a second wait for the event",
              "in vain", "not in vain");
        SetEvent(event);
    }
    done = GetOverlappedResult(flight->direct.handle, &flight->overlapped, &bytes, TRUE);
    check(test, done && bytes == 8, "GetOverlappedResult", "TRUE, 8 bytes",
          "%s, error %lu, %lu bytes", done ? "TRUE" : "FALSE", GetLastError(), bytes);
    direct_expect_end(test, &flight->direct, NT_STATUS_SUCCESS, 8);
    check(test, get_be32(flight->output + 4) == 0, "the list", "no keys", "some");
}

static void run(struct test *test, unsigned row)
{
    const struct request request = flight_request(test, FLIGHT_READS);
    HANDLE handle = flight_open(test);
    struct flight *flight = flight_make(0, handle, &request);

    if (handle == INVALID_HANDLE_VALUE)
        return;
    if (rows[row].event)
        flight->overlapped.hEvent = CreateEventW(NULL, rows[row].manual, rows[row].set, NULL);
    if (direct_expect_pending(test, &flight->direct))
        finish(test, row, flight);
    if (flight->overlapped.hEvent)
        CloseHandle(flight->overlapped.hEvent);
    CloseHandle(handle);
}

const struct behaviour io_overlapped_events = {
    .name = "io.overlapped.events",
    .source = "OVERLAPPED's and GetOverlappedResult's pages",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT, /* the list is empty only of a freed unit */
    ROWS(rows),
    .run = run,
};
