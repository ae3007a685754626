/* A synchronous handle with an OVERLAPPED, and a request that the disk refuses: a warning (the
 * conflict) is stored and signalled as a success is, an error only returned. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
    unsigned key; /* unit_key's number; the service action's is 0 */
    bool is_warning;
} rows[] = {
    {"conflict", RESERVATION_ACTION_REGISTER, 9, true},
    {"preempt_of_key_0", RESERVATION_ACTION_PREEMPT, 1, false},
};

static void judge(struct test *test, unsigned row, const struct answer *answer,
                  const OVERLAPPED *overlapped)
{
    const bool is_signalled = WaitForSingleObject(overlapped->hEvent, 0) == WAIT_OBJECT_0;
    const int32_t internal = rows[row].is_warning ? answer->status : NT_STATUS_PENDING;
    char text[NT_STATUS_TEXT_MAX], seen[NT_STATUS_TEXT_MAX];

    check(test, is_signalled == rows[row].is_warning, "the event",
          rows[row].is_warning ? "set" : "not set", "otherwise");
    check(test, overlapped->Internal == (uint32_t)internal, "Internal",
          nt_status_text(internal, text), "%s",
          nt_status_text((int32_t)overlapped->Internal, seen));
}

static void run(struct test *test, unsigned row)
{
    static OVERLAPPED overlapped;
    const struct unit_state held = {
        {unit_key(test, 1), 0}, NODE_1, RESERVATION_TYPE_EXCLUSIVE, NOBODY};
    const struct pr_out out = {.action = rows[row].action,
                               .type = RESERVATION_TYPE_EXCLUSIVE,
                               .key = unit_key(test, rows[row].key)};
    const struct request request = request_pr_out(&out);
    struct direct direct = {.request = &request, .input = (void *)request.input};
    struct answer answer;

    if (!arrange(test, &held))
        return;
    direct.handle = direct_open(test, GENERIC_READ | GENERIC_WRITE, 0);
    if (direct.handle == INVALID_HANDLE_VALUE)
        return;
    ZeroMemory(&overlapped, sizeof(overlapped));
    overlapped.hEvent = CreateEventW(NULL, TRUE, TRUE, NULL);
    direct.overlapped = &overlapped;
    direct_send(test, &direct, &answer);
    if (answer.returned)
        skip(test, "the disk does not refuse this");
    else if (nt_status_is_error(answer.status) == rows[row].is_warning)
        check(test, false, "the answer", rows[row].is_warning ? "a warning" : "an error",
              "error %lu", (unsigned long)answer.error);
    else
        judge(test, row, &answer, &overlapped);
    CloseHandle(overlapped.hEvent);
    CloseHandle(direct.handle);
}

const struct behaviour handle_synchronous_failure = {
    .name = "handle.synchronous_failure",
    .source = "the I/O manager's completion, as in ReactOS irp.c",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
