/* With an OVERLAPPED lpBytesReturned may be NULL. Without one it may not: classic kernel32 writes
 * through it after the request was done, which would end the suite, so that it is not asked here.
 */
#include "../flight.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct request request = flight_request(test, FLIGHT_READS);
    HANDLE handle = flight_open(test);
    struct flight *flight = flight_make(0, handle, &request);
    BOOL returned;
    DWORD error;

    (void)row;
    if (handle == INVALID_HANDLE_VALUE)
        return;
    flight->overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    SetLastError(ERROR_SENTINEL);
    returned = DeviceIoControl(handle, request.code, flight->request.input, request.input_length,
                               flight->output, request.output_length, NULL, &flight->overlapped);
    error = GetLastError();
    note_exchange(test, "READ_KEYS, overlapped, lpBytesReturned NULL", "%s, error %lu",
                  returned ? "TRUE" : "FALSE", error);
    if (check(test, !returned && error == ERROR_IO_PENDING, "DeviceIoControl", "FALSE, error 997",
              "%s, error %lu", returned ? "TRUE" : "FALSE", error) &&
        expect_event(test, flight->overlapped.hEvent))
        direct_expect_end(test, &flight->direct, NT_STATUS_SUCCESS, 8);
    CloseHandle(flight->overlapped.hEvent);
    CloseHandle(handle);
}

const struct behaviour io_overlapped_no_bytes_returned = {
    .name = "io.overlapped.no_bytes_returned",
    .source = "DeviceIoControl's page, lpBytesReturned",
    .needs = NEEDS_CODES | NEEDS_PR,
    .run = run,
};
