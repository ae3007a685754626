/* Without an OVERLAPPED, lpBytesReturned must not be NULL, says the documentation. Classic kernel32
 * writes through it once the request is done, and faults; Wine does not mind. The request is made
 * in any case. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

#include <process.h>

enum { LIST_LENGTH = 8, UNTOUCHED = 0xa5 };

/* The thread that asks. A fault in it ends it, and it alone: no lock is held there. */
static struct {
    HANDLE disk;
    volatile DWORD thread;
    volatile LONG faulted;
    BOOL returned;
    uint8_t output[LIST_LENGTH];
} asker;

static LONG CALLBACK end_the_asker(EXCEPTION_POINTERS *pointers)
{
    if (pointers->ExceptionRecord->ExceptionCode != (DWORD)NT_STATUS_ACCESS_VIOLATION ||
        GetCurrentThreadId() != asker.thread)
        return EXCEPTION_CONTINUE_SEARCH;
    asker.faulted = 1;
    ExitThread(0);
    return EXCEPTION_CONTINUE_EXECUTION;
}

static unsigned __stdcall ask_with_null(void *context)
{
    struct request *request = context;

    asker.thread = GetCurrentThreadId();
    asker.returned = DeviceIoControl(asker.disk, request->code, request->input,
                                     request->input_length, asker.output, LIST_LENGTH, NULL, NULL);
    return 0;
}

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, LIST_LENGTH);
    HANDLE thread;
    void *handler;

    (void)row;
    asker.faulted = 0;
    memset(asker.output, UNTOUCHED, sizeof(asker.output));
    asker.disk = direct_open(test, GENERIC_READ, 0);
    if (asker.disk == INVALID_HANDLE_VALUE)
        return;
    handler = AddVectoredExceptionHandler(1, end_the_asker);
    thread = (HANDLE)_beginthreadex(NULL, 0, ask_with_null, &request, 0, NULL);
    if (check(test, thread != NULL, "a thread", "one", "none")) {
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
        observe(test, QUESTION_NULL_BYTES_RETURNED,
                asker.faulted ? "an access violation, after the request" : "TRUE");
        check(test, asker.faulted || asker.returned, "DeviceIoControl", "TRUE or a fault", "FALSE");
        check(test, asker.output[LIST_LENGTH - 1] != UNTOUCHED, "the list", "there", "not there");
        if (test->environment->platform & ON_HOLDFAST)
            check(test, !asker.faulted, "lpBytesReturned NULL", "no fault, as under Wine",
                  "a fault");
    }
    RemoveVectoredExceptionHandler(handler);
    CloseHandle(asker.disk);
}

const struct behaviour io_bytes_returned_null = {
    .name = "io.bytes_returned_null",
    .source = "DeviceIoControl's page; kernel32 DeviceIoControl",
    .needs = NEEDS_CODES | NEEDS_PR,
    .run = run,
};
