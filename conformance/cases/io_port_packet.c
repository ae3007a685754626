/* A handle that is tied to a completion port: exactly one packet for what the device decided,
 * success or not; none for what was refused at once. */
#include "../flight.h"

#include "../behaviour.h"

enum { KEY = 0x1234 };

static const struct {
    const char *name;
    enum flight_kind kind;
    bool packet, event;
} rows[] = {
    {"success", FLIGHT_READS, true, false},
    {"success_with_event", FLIGHT_READS, true, true},
    {"conflict", FLIGHT_CONFLICTS, true, false},
    {"error_of_the_device", FLIGHT_FAILS, true, false},
    {"refused_24", FLIGHT_SHORT, false, false},
    {"refused_87", FLIGHT_WRONG, false, false},
    {"refused_with_event", FLIGHT_WRONG, false, true},
};

static void send(struct test *test, unsigned row, HANDLE port, struct flight *flight)
{
    const enum flight_kind kind = rows[row].kind;

    if (!rows[row].packet) {
        direct_expect_refused(test, &flight->direct, flight_status(kind));
        expect_no_packet(test, port);
        return;
    }
    if (direct_expect_pending(test, &flight->direct) &&
        expect_packet(test, port, KEY, flight, kind) && expect_no_packet(test, port))
        direct_expect_end(test, &flight->direct, flight_status(kind), flight_information(kind));
    if (flight->overlapped.hEvent)
        expect_event(test, flight->overlapped.hEvent);
}

static void run(struct test *test, unsigned row)
{
    const struct request request = flight_request(test, rows[row].kind);
    HANDLE handle, port;

    if (!flight_arrange(test, rows[row].kind))
        return;
    handle = flight_open(test);
    if (handle == INVALID_HANDLE_VALUE)
        return;
    port = CreateIoCompletionPort(handle, NULL, KEY, 1);
    if (check(test, port != NULL, "CreateIoCompletionPort", "a port", "error %lu",
              GetLastError())) {
        struct flight *flight = flight_make(0, handle, &request);

        if (rows[row].event)
            flight->overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
        send(test, row, port, flight);
        if (flight->overlapped.hEvent)
            CloseHandle(flight->overlapped.hEvent);
        CloseHandle(port);
    }
    CloseHandle(handle);
}

const struct behaviour io_port_packet = {
    .name = "io.port.packet",
    .source = "CreateIoCompletionPort's page; the I/O manager's completion, as in ReactOS irp.c",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
