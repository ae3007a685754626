/* A synchronous handle with an OVERLAPPED: the call waits. After a success the OVERLAPPED and its
 * event say so too; a refusal leaves Internal as it was preset, and the event reset. */
#include "../direct.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
    int32_t status;
} rows[] = {
    {"success", RESERVATION_ACTION_READ_KEYS, NT_STATUS_SUCCESS},
    {"refused", 2, NT_STATUS_INVALID_PARAMETER},
};

static void run(struct test *test, unsigned row)
{
    static OVERLAPPED overlapped;
    HANDLE handle = direct_open(test, GENERIC_READ, 0);
    struct request request = request_pr_in(rows[row].action, 8);
    static uint8_t output[8];
    const struct direct direct = {handle, &request, request.input, output, &overlapped};
    const DWORD expected = rows[row].status ? WAIT_TIMEOUT : WAIT_OBJECT_0;
    struct answer answer;
    DWORD waited;

    if (handle == INVALID_HANDLE_VALUE)
        return;
    ZeroMemory(&overlapped, sizeof(overlapped));
    overlapped.hEvent = CreateEventW(NULL, TRUE, TRUE, NULL);
    direct_send(test, &direct, &answer);
    waited = WaitForSingleObject(overlapped.hEvent, 0);
    check(test, answer.status == rows[row].status && answer.returned == !rows[row].status,
          "DeviceIoControl", "the answer itself, not ERROR_IO_PENDING", "error %lu",
          (unsigned long)answer.error);
    check(test, waited == expected, "the event", rows[row].status ? "not set" : "set", "%lu",
          waited);
    check(test,
          (int32_t)overlapped.Internal ==
              (rows[row].status ? NT_STATUS_PENDING : NT_STATUS_SUCCESS),
          "Internal", rows[row].status ? "STATUS_PENDING, as it was preset" : "STATUS_SUCCESS",
          "%08lx", (unsigned long)overlapped.Internal);
    CloseHandle(overlapped.hEvent);
    CloseHandle(handle);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].status ? 0 : NEEDS_PR;
}

const struct behaviour handle_synchronous_with_overlapped = {
    .name = "handle.synchronous_with_overlapped",
    .source = "kernel32 DeviceIoControl and the I/O manager, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
