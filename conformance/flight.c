#include "flight.h"

#include "unit_state.h"

#include <string.h>

enum { NO_PACKET_MS = 100 };

static const struct {
    int32_t status;
    uint32_t information;
} kinds[FLIGHT_KINDS] = {
    [FLIGHT_READS] = {NT_STATUS_SUCCESS, 8},
    [FLIGHT_CONFLICTS] = {NT_STATUS_DEVICE_BUSY, 0},
    [FLIGHT_FAILS] = {NT_STATUS_INVALID_DEVICE_REQUEST, 0},
    [FLIGHT_SHORT] = {NT_STATUS_INFO_LENGTH_MISMATCH, 0},
    [FLIGHT_WRONG] = {NT_STATUS_INVALID_PARAMETER, 0},
};

int32_t flight_status(enum flight_kind kind)
{
    return kinds[kind].status;
}

uint32_t flight_information(enum flight_kind kind)
{
    return kinds[kind].information;
}

HANDLE flight_open(struct test *test)
{
    return direct_open(test, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
}

struct flight *flight_make(unsigned number, HANDLE handle, const struct request *request)
{
    static struct flight flights[FLIGHTS];
    struct flight *flight = &flights[number];

    memset(flight, 0, sizeof(*flight));
    memset(flight->output, 0xff, sizeof(flight->output));
    flight->request = *request;
    flight->direct.handle = handle;
    flight->direct.request = &flight->request;
    flight->direct.input = flight->request.input;
    flight->direct.output = flight->output;
    flight->direct.overlapped = &flight->overlapped;
    return flight;
}

struct request flight_request(const struct test *test, enum flight_kind kind)
{
    const struct pr_out strange = {.key = unit_key(test, 9),
                                   .service_action_key = unit_key(test, 1)};
    const struct pr_out preempt = {.action = RESERVATION_ACTION_PREEMPT,
                                   .type = RESERVATION_TYPE_EXCLUSIVE,
                                   .key = unit_key(test, 1)};
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);

    if (kind == FLIGHT_CONFLICTS)
        return request_pr_out(&strange);
    if (kind == FLIGHT_FAILS)
        return request_pr_out(&preempt);
    if (kind == FLIGHT_SHORT)
        request.input_length = PR_COMMAND_LENGTH - 1;
    if (kind == FLIGHT_WRONG)
        request.output_length = 7;
    return request;
}

bool flight_arrange(struct test *test, enum flight_kind kind)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};

    return kind != FLIGHT_FAILS || arrange(test, &registered);
}

bool expect_packet(struct test *test, HANDLE port, ULONG_PTR key, const struct flight *flight,
                   enum flight_kind kind)
{
    const int32_t status = kinds[kind].status;
    const DWORD proper = status ? nt_status_error(status) : 0;
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR seen_key = 0;
    DWORD bytes = 0, error;
    const BOOL taken =
        GetQueuedCompletionStatus(port, &bytes, &seen_key, &overlapped, DIRECT_PATIENCE_MS);

    error = taken ? 0 : GetLastError();
    note_exchange(test, "GetQueuedCompletionStatus", "%s, error %lu, %lu bytes",
                  taken ? "TRUE" : "FALSE", error, bytes);
    return check(test, overlapped == &flight->overlapped, "a completion packet",
                 "one, with the request's OVERLAPPED", "%s, error %lu",
                 overlapped ? "another one" : "none", error) &&
           check(test, seen_key == key, "the packet's key", "that of the tie", "another one") &&
           check(test,
                 error == proper &&
                     direct_is_information(test, &flight->direct, kinds[kind].information, bytes),
                 "the packet's status and bytes", "the request's", "error %lu, %lu bytes", error,
                 bytes);
}

bool expect_no_packet(struct test *test, HANDLE port)
{
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR key = 0;
    DWORD bytes = 0;

    GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, NO_PACKET_MS);
    return check(test, overlapped == NULL, "completion packets", "none", "one with %lu bytes",
                 bytes);
}

bool expect_event(struct test *test, HANDLE event)
{
    return check(test, WaitForSingleObject(event, DIRECT_PATIENCE_MS) == WAIT_OBJECT_0, "the event",
                 "set", "not set within %d s", DIRECT_PATIENCE_MS / 1000);
}
