/* Who leaves a request that is in flight: cancelled, its thread or process ended, its handle
 * closed. */
#include "hung_orders.h"
#include "hung_requests.h"

#include <stdio.h>
#include <string.h>

enum { CHILDREN = 3 };

static bool expect(BOOL result, BOOL wanted, DWORD error, const char *what)
{
    return (result == wanted && (result || GetLastError() == error)) || hung_fail(what);
}

/* windows-behaviour 2.9: there is no cancel routine, so cancelling finds the request and changes
 * nothing. */
void hung_cancel(void)
{
    OVERLAPPED unknown = {0};
    const LONG before = hung_ended();

    hung_reported = false;
    if (!expect(CancelIoEx(hung_lanes[0], &hung_requests[0].overlapped), TRUE, 0,
                "CancelIoEx of one") ||
        !expect(CancelIoEx(hung_lanes[1], NULL), TRUE, 0, "CancelIoEx of a handle's") ||
        !expect(CancelIo(hung_lanes[2]), TRUE, 0, "CancelIo") ||
        !expect(CancelIoEx(hung_lanes[0], &hung_requests[HUNG_PER_LANE - 1].overlapped), TRUE, 0,
                "CancelIoEx of one that waits for others of its handle") ||
        !expect(CancelIoEx(hung_lanes[0], &unknown), FALSE, ERROR_NOT_FOUND,
                "CancelIoEx of an OVERLAPPED that has no request") ||
        !expect(CancelIoEx(hung_lanes[0], &hung_requests[HUNG_PER_LANE].overlapped), FALSE,
                ERROR_NOT_FOUND, "CancelIoEx of another handle's request"))
        return;
    Sleep(HUNG_SETTLE_MS);
    if (hung_ended() != before)
        hung_fail("a cancelled request has ended before the disk answered");
    else
        printf("ok\n");
}

static DWORD WINAPI ask_and_end(void *argument)
{
    struct hung_request *request = argument;

    return hung_begin_request(request, request->file, true);
}

/* A thread that ends when its request has only begun. */
static bool thread_that_ends(struct hung_request *request)
{
    HANDLE thread;
    DWORD good = FALSE;

    request->file = hung_open(HUNG_DISK, FILE_FLAG_OVERLAPPED);
    thread = CreateThread(NULL, 0, ask_and_end, request, 0, NULL);
    if (WaitForSingleObject(thread, HUNG_WAIT_MS) != WAIT_OBJECT_0)
        return hung_fail("a thread with a request in flight does not end");
    GetExitCodeThread(thread, &good);
    CloseHandle(thread);
    return good;
}

/* The value of the closed handle is given to another disk's handle next, and requests on that one
 * must be its own. */
static bool close_under_requests(struct hung_request *with_event, struct hung_request *with_packet)
{
    HANDLE file = hung_open(HUNG_DISK, FILE_FLAG_OVERLAPPED), next;
    BYTE list[HUNG_LIST_LENGTH];
    BOOL good;

    if (!CreateIoCompletionPort(file, hung_port, 1, 0) ||
        !hung_begin_request(with_packet, file, false))
        return hung_fail("the request of a handle that is to be closed");
    with_event->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    with_event->overlapped.hEvent = (HANDLE)((ULONG_PTR)with_event->event | 1); /* no packet */
    if (!hung_register_on(file, &with_event->overlapped))
        return false;
    if (!CloseHandle(file))
        return hung_fail("CloseHandle under a request");
    next = hung_open(HUNG_OTHER_DISK, 0);
    good = hung_read_keys(next, list, NULL);
    CloseHandle(next);
    return good || hung_fail("a request on the handle that came after");
}

/* A program that gives its memory back too early: the output buffer of one request, the OVERLAPPED
 * of another. The events still come, and nothing else breaks. */
static bool free_under_requests(struct hung_request *no_output, struct hung_request *no_overlapped)
{
    HANDLE file = hung_open(HUNG_DISK, FILE_FLAG_OVERLAPPED);
    BYTE *output = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    OVERLAPPED *overlapped = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

    no_output->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    no_output->overlapped.hEvent = no_output->event;
    no_overlapped->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    overlapped->hEvent = no_overlapped->event;
    if (hung_read_keys(file, output, &no_output->overlapped) || GetLastError() != ERROR_IO_PENDING)
        return hung_fail("READ KEYS on the hung disk");
    if (!hung_register_on(file, overlapped))
        return false;
    VirtualFree(output, 0, MEM_RELEASE);
    VirtualFree(overlapped, 0, MEM_RELEASE);
    return true;
}

void hung_leave(void)
{
    const LONG before = hung_ended();

    hung_reported = false;
    if (!thread_that_ends(&hung_requests[HUNG_REQUESTS]) ||
        !thread_that_ends(&hung_requests[HUNG_REQUESTS + 1]) ||
        !close_under_requests(&hung_requests[HUNG_REQUESTS + 2],
                              &hung_requests[HUNG_REQUESTS + 3]) ||
        !free_under_requests(&hung_requests[HUNG_NO_OUTPUT], &hung_requests[HUNG_NO_OVERLAPPED]))
        return;
    if (hung_ended() != before)
        hung_fail("a request has ended before the disk answered");
    else
        printf("ok\n");
}

#define GO_EVENT "hung_agent_go"

/* Two requests under way; then the process ends by itself ("return") or waits to be ended ("stay"),
 * with its main thread in the second of the requests. */
int hung_child(const char *how)
{
    static OVERLAPPED overlapped;
    HANDLE file = hung_open(HUNG_DISK, FILE_FLAG_OVERLAPPED);
    HANDLE go = OpenEventA(SYNCHRONIZE, FALSE, GO_EVENT);

    overlapped.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    hung_next_key = (LONG)GetCurrentProcessId() << 16;
    if (!go || !hung_register_on(file, &overlapped))
        return 1;
    if (strcmp(how, "return") == 0)
        CreateThread(NULL, 0, hung_synchronous, NULL, 0, NULL);
    else
        hung_synchronous(NULL);
    WaitForSingleObject(go, HUNG_WAIT_MS);
    return 0;
}

static HANDLE children[CHILDREN], go_event;

static HANDLE start_child(const char *how)
{
    char command[MAX_PATH + 32], path[MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" %s", path, how);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
        return NULL;
    CloseHandle(child.hThread);
    return child.hProcess;
}

void hung_start_processes(void)
{
    hung_reported = false;
    go_event = CreateEventA(NULL, TRUE, FALSE, GO_EVENT);
    for (int i = 0; i < CHILDREN; i++) {
        children[i] = start_child(i == 0 ? "return" : "stay");
        if (!children[i])
            hung_fail("a child process does not start");
    }
    if (!hung_reported)
        printf("ok\n");
}

void hung_end_processes(void)
{
    SetEvent(go_event);
    for (int i = 1; i < CHILDREN; i++)
        TerminateProcess(children[i], 9);
    printf("ok\n");
}

bool hung_processes_have_ended(void)
{
    return WaitForMultipleObjects(CHILDREN, children, TRUE, HUNG_WAIT_MS) != WAIT_TIMEOUT;
}
