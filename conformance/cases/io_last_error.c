/* The last error is left alone by a success, whatever it was; a failure sets it, also to the same
 * number as before. */
#include "../direct.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    DWORD before;
    bool fails;
    DWORD after;
} rows[] = {
    {"success_keeps_0", 0, false, 0},
    {"success_keeps_5", ERROR_ACCESS_DENIED, false, ERROR_ACCESS_DENIED},
    {"success_keeps_997", ERROR_IO_PENDING, false, ERROR_IO_PENDING},
    {"success_keeps_a_programs_own", 0xe0001234, false, 0xe0001234},
    {"failure_replaces_0", 0, true, ERROR_INVALID_PARAMETER},
    {"failure_replaces_5", ERROR_ACCESS_DENIED, true, ERROR_INVALID_PARAMETER},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(rows[row].fails ? 2 : RESERVATION_ACTION_READ_KEYS, 8);
    HANDLE handle = direct_open(test, GENERIC_READ, 0);
    uint8_t output[8];
    DWORD bytes = 0, after;
    BOOL returned;

    if (handle == INVALID_HANDLE_VALUE)
        return;
    SetLastError(rows[row].before);
    returned = DeviceIoControl(handle, request.code, request.input, request.input_length, output,
                               sizeof(output), &bytes, NULL);
    after = GetLastError();
    note_exchange(test, rows[row].fails ? "READ_KEYS, refused" : "READ_KEYS", "%s",
                  returned ? "TRUE" : "FALSE");
    check(test, !returned == rows[row].fails, "DeviceIoControl", rows[row].fails ? "FALSE" : "TRUE",
          "%s", returned ? "TRUE" : "FALSE");
    check(test, after == rows[row].after, "the last error",
          rows[row].fails ? "87" : "as it was before", "%lu", after);
    CloseHandle(handle);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].fails ? 0 : NEEDS_PR;
}

const struct behaviour io_last_error = {
    .name = "io.last_error",
    .source = "kernel32 DeviceIoControl sets it for failures alone",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
