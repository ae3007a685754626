/* What keeps a packet away, and what does not. The low bit of hEvent does, though the event is set.
 * FILE_SKIP_COMPLETION_PORT_ON_SUCCESS does not: it is about requests that were never pending. */
#include "../flight.h"
#include "../system.h"

#include "../behaviour.h"

enum { KEY = 77, SKIP_PORT_ON_SUCCESS = 1 };

static const struct {
    const char *name;
    bool low_bit;
    UCHAR modes;
    enum flight_kind kind;
} rows[] = {
    {"low_bit", true, 0, FLIGHT_READS},
    {"low_bit_and_conflict", true, 0, FLIGHT_CONFLICTS},
    {"skip_on_success", false, SKIP_PORT_ON_SUCCESS, FLIGHT_READS},
    {"skip_on_success_and_conflict", false, SKIP_PORT_ON_SUCCESS, FLIGHT_CONFLICTS},
};

static void send(struct test *test, unsigned row, HANDLE handle, HANDLE port, HANDLE event)
{
    const struct request request = flight_request(test, rows[row].kind);
    struct flight *flight = flight_make(0, handle, &request);

    flight->overlapped.hEvent = (HANDLE)((ULONG_PTR)event | (rows[row].low_bit ? 1 : 0));
    if (!direct_expect_pending(test, &flight->direct))
        return;
    if (!rows[row].low_bit)
        expect_packet(test, port, KEY, flight, rows[row].kind);
    expect_event(test, event);
    direct_expect_end(test, &flight->direct, flight_status(rows[row].kind),
                      flight_information(rows[row].kind));
    expect_no_packet(test, port);
}

static void run(struct test *test, unsigned row)
{
    HANDLE handle, port, event;

    if (rows[row].modes && !system_calls()->set_completion_modes) {
        skip(test, "this system has no SetFileCompletionNotificationModes");
        return;
    }
    handle = flight_open(test);
    if (handle == INVALID_HANDLE_VALUE)
        return;
    event = CreateEventW(NULL, TRUE, FALSE, NULL);
    port = CreateIoCompletionPort(handle, NULL, KEY, 1);
    if (rows[row].modes)
        check(test, system_calls()->set_completion_modes(handle, rows[row].modes),
              "SetFileCompletionNotificationModes", "TRUE", "error %lu", GetLastError());
    if (check(test, event && port, "an event and a port", "both", "error %lu", GetLastError()))
        send(test, row, handle, port, event);
    CloseHandle(port);
    CloseHandle(event);
    CloseHandle(handle);
}

const struct behaviour io_port_modes = {
    .name = "io.port.modes",
    .source = "GetQueuedCompletionStatus' page (hEvent's low bit), "
              "SetFileCompletionNotificationModes' page",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
