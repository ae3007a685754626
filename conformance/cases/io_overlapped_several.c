/* Several requests at once on one overlapped handle, each with an event of its own: each ends, with
 * its own bytes. */
#include "../flight.h"

#include "../behaviour.h"

#include <stdio.h>

static const unsigned counts[] = {2, FLIGHTS};

/* Every second one asks for the reservation, of a free unit. */
static struct request request_number(unsigned i)
{
    return request_pr_in(i % 2 ? RESERVATION_ACTION_READ_RESERVATIONS
                               : RESERVATION_ACTION_READ_KEYS,
                         (uint16_t)(8 + i));
}

static void run(struct test *test, unsigned row)
{
    HANDLE handle = flight_open(test);
    struct flight *flights[FLIGHTS];
    bool pending[FLIGHTS] = {false};

    if (handle == INVALID_HANDLE_VALUE)
        return;
    for (unsigned i = 0; i < FLIGHTS; i++) {
        const struct request request = request_number(i);

        flights[i] = flight_make(i, handle, &request);
        flights[i]->overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    }
    for (unsigned i = 0; i < counts[row]; i++)
        pending[i] = direct_expect_pending(test, &flights[i]->direct);
    for (unsigned i = 0; i < counts[row]; i++) {
        if (pending[i] && expect_event(test, flights[i]->overlapped.hEvent))
            direct_expect_end(test, &flights[i]->direct, NT_STATUS_SUCCESS, 8);
    }
    for (unsigned i = 0; i < FLIGHTS; i++)
        CloseHandle(flights[i]->overlapped.hEvent);
    CloseHandle(handle);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "requests_%u", counts[row]);
}

const struct behaviour io_overlapped_several = {
    .name = "io.overlapped.several",
    .source = "DeviceIoControl's page: an overlapped handle",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT, /* 8 bytes only of a freed unit */
    .rows = COUNT(counts),
    .row_name = row_name,
    .run = run,
};
