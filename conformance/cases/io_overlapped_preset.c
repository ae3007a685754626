/* What DeviceIoControl writes before the request is on its way: Internal is STATUS_PENDING. Whether
 * InternalHigh is made 0, and what *lpBytesReturned gets with an OVERLAPPED, are open questions. */
#include "../flight.h"

#include "../behaviour.h"

#include <inttypes.h>

static const struct {
    const char *name;
    enum flight_kind kind;
} rows[] = {
    {"refused", FLIGHT_WRONG},
    {"refused_short", FLIGHT_SHORT},
};

static const char *word(uint32_t value)
{
    return value == BYTES_SENTINEL ? "left alone" : value == 0 ? "0" : "something else";
}

static void run(struct test *test, unsigned row)
{
    const struct request request = flight_request(test, rows[row].kind);
    HANDLE handle = flight_open(test);
    struct flight *flight = flight_make(0, handle, &request);
    struct answer answer;
    uint32_t high;

    if (handle == INVALID_HANDLE_VALUE)
        return;
    flight->overlapped.Internal = BYTES_SENTINEL;
    flight->overlapped.InternalHigh = BYTES_SENTINEL;
    direct_send(test, &flight->direct, &answer);
    high = (uint32_t)flight->overlapped.InternalHigh;
    check(test, !answer.returned && answer.status == flight_status(rows[row].kind),
          "DeviceIoControl", "FALSE, refused at once", "error %" PRIu32, answer.error);
    check(test, flight->overlapped.Internal == (ULONG_PTR)NT_STATUS_PENDING, "Internal",
          "STATUS_PENDING", "%08" PRIx32, (uint32_t)flight->overlapped.Internal);
    check(test, high == 0 || high == BYTES_SENTINEL, "InternalHigh", "0, or left alone", "%" PRIu32,
          high);
    check(test, answer.bytes == high || answer.bytes == BYTES_SENTINEL || answer.bytes == 0,
          "*lpBytesReturned", "0, or InternalHigh's, or left alone", "%" PRIu32, answer.bytes);
    observe(test, QUESTION_INTERNAL_HIGH_PRESET, "InternalHigh %s, *lpBytesReturned %s", word(high),
            word(answer.bytes));
    CloseHandle(handle);
}

const struct behaviour io_overlapped_preset = {
    .name = "io.overlapped.preset",
    .source = "kernel32 DeviceIoControl",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
};
