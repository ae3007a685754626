#include "hung_requests.h"

#include "hung_orders.h"

#include <ntddstor/reservation.h>
#include <stdio.h>
#include <string.h>

enum {
    INPUT_LENGTH = sizeof(PERSISTENT_RESERVE_COMMAND) + sizeof(PRO_PARAMETER_LIST),
    MARK = 0x5afe,
};

struct hung_request hung_requests[HUNG_ALL];
HANDLE hung_lanes[HUNG_LANES];
HANDLE hung_port;
LONG hung_next_key;
bool hung_reported;
static volatile LONG packets, strays, synchronous_ended, synchronous_good;

bool hung_fail(const char *what)
{
    if (!hung_reported)
        printf("failed: %s (error %lu)\n", what, GetLastError());
    hung_reported = true;
    return false;
}

/* REGISTER AND IGNORE EXISTING KEY, with a key of its own: each raises PRgeneration by one, so that
 * the disk itself counts what came to it. */
static void fill_registration(BYTE *input)
{
    PERSISTENT_RESERVE_COMMAND *command = (PERSISTENT_RESERVE_COMMAND *)input;
    const LONG key = InterlockedIncrement(&hung_next_key);

    memset(input, 0, INPUT_LENGTH);
    command->Version = sizeof(*command);
    command->Size = INPUT_LENGTH;
    command->PR_OUT.ServiceAction = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING;
    for (int i = 0; i < 4; i++)
        command->PR_OUT.ParameterList[8 + 7 - i] = (BYTE)(key >> 8 * i);
}

HANDLE hung_open(const char *name, DWORD flags)
{
    return CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, flags, NULL);
}

/* Asks and gives input and bytes returned back to the system at once, as a thread's stack is when
 * the thread ends: nobody may need them any more. */
bool hung_register_on(HANDLE file, OVERLAPPED *overlapped)
{
    BYTE *page = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    DWORD *returned;
    BOOL result;
    DWORD error;

    if (!page)
        return hung_fail("no memory");
    returned = (DWORD *)(page + 1024);
    fill_registration(page);
    result = DeviceIoControl(file, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, page, INPUT_LENGTH, NULL,
                             0, returned, overlapped);
    error = GetLastError();
    VirtualFree(page, 0, MEM_RELEASE);
    SetLastError(error);
    return (!result && error == ERROR_IO_PENDING) ||
           hung_fail("a request on the hung disk was not answered with ERROR_IO_PENDING");
}

bool hung_begin_request(struct hung_request *request, HANDLE file, bool has_event)
{
    request->file = file;
    request->event = has_event ? CreateEventA(NULL, TRUE, FALSE, NULL) : NULL;
    request->overlapped = (OVERLAPPED){.hEvent = request->event};
    return hung_register_on(file, &request->overlapped);
}

static DWORD WINAPI take_packets(void *argument)
{
    (void)argument;
    for (;;) {
        OVERLAPPED *overlapped = NULL;
        struct hung_request *request;
        ULONG_PTR key;
        DWORD bytes;
        BOOL good = GetQueuedCompletionStatus(hung_port, &bytes, &key, &overlapped, INFINITE);

        if (!overlapped)
            continue;
        request = CONTAINING_RECORD(overlapped, struct hung_request, overlapped);
        if (!good || bytes || request->event || InterlockedIncrement(&request->packets) != 1)
            InterlockedIncrement(&strays);
        InterlockedIncrement(&packets);
    }
    return 0;
}

DWORD WINAPI hung_synchronous(void *argument)
{
    HANDLE file = hung_open(HUNG_DISK, 0);
    BYTE input[INPUT_LENGTH];
    DWORD returned;

    (void)argument;
    fill_registration(input);
    if (DeviceIoControl(file, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, input, INPUT_LENGTH, NULL, 0,
                        &returned, NULL))
        InterlockedIncrement(&synchronous_good);
    InterlockedIncrement(&synchronous_ended);
    CloseHandle(file);
    return 0;
}

static bool begin_lanes(void)
{
    for (int lane = 0; lane < HUNG_LANES; lane++) {
        hung_lanes[lane] = hung_open(HUNG_DISK, FILE_FLAG_OVERLAPPED);
        if (hung_lanes[lane] == INVALID_HANDLE_VALUE)
            return hung_fail("the hung disk cannot be opened");
        if (lane % 2 && !CreateIoCompletionPort(hung_lanes[lane], hung_port, 1, 0))
            return hung_fail("CreateIoCompletionPort");
        for (int i = 0; i < HUNG_PER_LANE; i++)
            if (!hung_begin_request(&hung_requests[lane * HUNG_PER_LANE + i], hung_lanes[lane],
                                    lane % 2 == 0))
                return false;
    }
    return true;
}

void hung_begin(void)
{
    hung_reported = false;
    hung_port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    if (!hung_port || !CreateThread(NULL, 0, take_packets, NULL, 0, NULL)) {
        hung_fail("no completion port");
        return;
    }
    for (int i = 0; i < HUNG_SYNCHRONOUS; i++)
        CloseHandle(CreateThread(NULL, 0, hung_synchronous, NULL, 0, NULL));
    if (begin_lanes())
        printf("ok %x\n", HUNG_REQUESTS + HUNG_SYNCHRONOUS);
}

static LONG events_set(void)
{
    LONG count = 0;

    for (int i = 0; i < HUNG_ALL; i++)
        if (hung_requests[i].event &&
            WaitForSingleObject(hung_requests[i].event, 0) == WAIT_OBJECT_0)
            count++;
    return count;
}

LONG hung_ended(void)
{
    return events_set() + packets + synchronous_ended;
}

bool hung_read_keys(HANDLE file, BYTE *list, OVERLAPPED *overlapped)
{
    PERSISTENT_RESERVE_COMMAND command = {.Version = sizeof(command), .Size = sizeof(command)};
    DWORD bytes = 0;

    command.PR_IN.AllocationLength = HUNG_LIST_LENGTH;
    return DeviceIoControl(file, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, sizeof(command),
                           list, HUNG_LIST_LENGTH, &bytes, overlapped);
}

static bool all_have_ended(void)
{
    for (int i = 0; i < HUNG_WAIT_MS / HUNG_SETTLE_MS; i++) {
        if (hung_ended() >= HUNG_ALL + HUNG_SYNCHRONOUS)
            return true;
        Sleep(HUNG_SETTLE_MS);
    }
    return hung_fail("requests have not ended long after the disk has answered");
}

/* Every request has succeeded but the one whose output buffer is gone. */
static bool check_results(void)
{
    for (int i = 0; i < HUNG_ALL; i++) {
        struct hung_request *request = &hung_requests[i];
        DWORD bytes = MARK;
        BOOL good;

        if (i == HUNG_NO_OVERLAPPED)
            continue;
        if (!request->event && request->packets != 1)
            return hung_fail("a request did not have one completion packet");
        good = GetOverlappedResult(request->file, &request->overlapped, &bytes, FALSE);
        if (i == HUNG_NO_OUTPUT ? good || GetLastError() != ERROR_NOACCESS : !good || bytes)
            return hung_fail("a request on the disk that hung has another result than expected");
    }
    return synchronous_good == HUNG_SYNCHRONOUS || hung_fail("a synchronous request failed");
}

/* Nothing comes a second time. */
static bool check_quiet(void)
{
    for (int i = 0; i < HUNG_ALL; i++) {
        hung_requests[i].overlapped.Internal = MARK;
        if (hung_requests[i].event)
            ResetEvent(hung_requests[i].event);
    }
    Sleep(HUNG_SETTLE_MS);
    for (int i = 0; i < HUNG_ALL; i++)
        if (hung_requests[i].overlapped.Internal != MARK)
            return hung_fail("an OVERLAPPED was written to after its request had ended");
    if (events_set())
        return hung_fail("an event was set twice");
    return strays == 0 || hung_fail("a completion packet too many, or a wrong one");
}

void hung_finish(void)
{
    hung_reported = false;
    if (!all_have_ended() || !check_results() || !check_quiet())
        return;
    if (hung_processes_have_ended())
        printf("ok\n");
    else
        hung_fail("a process does not end although its requests have");
}
