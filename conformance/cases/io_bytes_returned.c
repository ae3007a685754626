/* Without an OVERLAPPED *lpBytesReturned is written by a success and by a warning, which a conflict
 * is (80000011h), and left alone by an error. */
#include "../flight.h"
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    enum flight_kind kind;
} rows[] = {
    {"success", FLIGHT_READS},
    {"conflict", FLIGHT_CONFLICTS},
    {"error_of_the_device", FLIGHT_FAILS},
    {"refused_24", FLIGHT_SHORT},
    {"refused_87", FLIGHT_WRONG},
};

static const struct outcome conflicts[] = {
    {NT_STATUS_DEVICE_BUSY, 0, EVERYWHERE},
    {NT_STATUS_DEVICE_BUSY, 24, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const enum flight_kind kind = rows[row].kind;
    const struct request request = flight_request(test, kind);

    if (!flight_arrange(test, kind))
        return;
    if (kind == FLIGHT_CONFLICTS)
        expect_one_of(test, NODE_1, &request, QUESTION_CONFLICT_INFORMATION, conflicts,
                      COUNT(conflicts), NULL);
    else
        expect(test, NODE_1, &request, flight_status(kind), flight_information(kind), NULL);
}

const struct behaviour io_bytes_returned = {
    .name = "io.bytes_returned",
    .source = "kernel32 DeviceIoControl",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
