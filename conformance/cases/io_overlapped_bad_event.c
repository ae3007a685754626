/* What is no event that could be set is refused at once, and nothing is sent. */
#include "../flight.h"
#include "../unit_state.h"

#include "../behaviour.h"

enum kind { CLOSED, FILE_HANDLE, NO_MODIFY_STATE };

static const struct {
    const char *name;
    enum kind kind;
    int32_t status;
} rows[] = {
    {"closed", CLOSED, NT_STATUS_INVALID_HANDLE},
    {"a_file", FILE_HANDLE, NT_STATUS_OBJECT_TYPE_MISMATCH},
    {"without_modify_state", NO_MODIFY_STATE, NT_STATUS_ACCESS_DENIED},
};

/* `owned` is what the case has to close in the end. */
static HANDLE make(struct test *test, enum kind kind, HANDLE *owned)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL), copy = NULL;

    if (kind == NO_MODIFY_STATE) {
        check(test,
              DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &copy, SYNCHRONIZE,
                              FALSE, 0),
              "DuplicateHandle", "TRUE", "error %lu", GetLastError());
        *owned = copy;
    }
    CloseHandle(event);
    if (kind == FILE_HANDLE)
        *owned = event = direct_open(test, GENERIC_READ, 0);
    return kind == NO_MODIFY_STATE ? copy : event;
}

static void run(struct test *test, unsigned row)
{
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    const struct request request = request_pr_out(&enter);
    HANDLE handle = flight_open(test);
    struct flight *flight = flight_make(0, handle, &request);
    HANDLE owned = NULL;

    if (handle == INVALID_HANDLE_VALUE)
        return;
    flight->overlapped.hEvent = make(test, rows[row].kind, &owned);
    direct_expect_refused(test, &flight->direct, rows[row].status);
    expect_unit(test, &unit_free);
    if (owned && owned != INVALID_HANDLE_VALUE)
        CloseHandle(owned);
    CloseHandle(handle);
}

const struct behaviour io_overlapped_bad_event = {
    .name = "io.overlapped.bad_event",
    .source = "the I/O manager references the event before the driver is called, "
              "as in ReactOS iofunc.c",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
