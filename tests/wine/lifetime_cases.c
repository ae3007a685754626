/* Requests whose caller gives up on them, or goes away: cancelled, closed, thread or process ended,
 * library freed.
 * Source: windows-behaviour 2.9 (a request at the device is not cancelled by CancelIo or
 * CancelIoEx); both functions and CloseHandle in the SDK. That the OVERLAPPED and buffers on the
 * stack of a thread that has ended are left alone is our decision: on Windows the thread would not
 * end before. */
#include "in_flight.h"

#include <stdio.h>
#include <string.h>
#include <winioctl.h>

enum { KEY = 3, TAG = 64, EXIT_CODE = 77, OWN_DISK = 4 };

static void what_is_in_flight_can_be_cancelled_and_goes_on(void)
{
    static struct in_flight requests[2], idle;
    HANDLE disk = open_overlapped(1), events[2] = {new_event(), new_event()};

    disk_script(&busy_disk);
    for (int i = 0; i < 2; i++)
        start(&requests[i], disk, events[i], (WORD)(TAG + i));
    CHECK(disk_has_begun(1, 1));
    CHECK(CancelIoEx(disk, &requests[0].overlapped));
    CHECK(CancelIoEx(disk, &requests[1].overlapped));
    CHECK(CancelIoEx(disk, NULL));
    CHECK(CancelIo(disk));
    CHECK(!CancelIoEx(disk, &idle.overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CHECK_EQUAL(WaitForSingleObject(events[0], 50), WAIT_TIMEOUT);
    check_pending(&requests[0]);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < 2; i++) {
        CHECK(gets_signalled(events[i]));
        check_succeeded(&requests[i]);
        CloseHandle(events[i]);
    }
    CHECK_EQUAL(disk_state().commands, 2); /* none lost, none sent twice */
    CHECK(!CancelIoEx(disk, &requests[0].overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CloseHandle(disk);
}

/* CancelIo never says what it found; nor does Wine's CancelIoEx without an OVERLAPPED. */
static void with_nothing_in_flight_there_is_nothing_to_cancel(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), event = new_event();

    CHECK(!CancelIoEx(disk, &request.overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CHECK(CancelIo(disk));
    disk_script(&ready_disk);
    start(&request, disk, event, TAG);
    CHECK(gets_signalled(event));
    CHECK(!CancelIoEx(disk, &request.overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CloseHandle(event);
    CloseHandle(disk);
}

/* By another handle of the same file too. */
static void a_duplicate_can_cancel(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), event = new_event(), copy = NULL, stranger;

    disk_script(&busy_disk);
    start(&request, disk, event, TAG);
    DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &copy, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    CHECK(CancelIoEx(copy, &request.overlapped));
    stranger = open_overlapped(1);
    CHECK(!CancelIoEx(stranger, &request.overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    CloseHandle(stranger);
    CloseHandle(copy);
    CloseHandle(event);
    CloseHandle(disk);
}

static void a_handle_may_be_closed_while_requests_are_in_flight(void)
{
    static struct in_flight requests[3];
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), events[3];

    disk_script(&busy_disk);
    for (int i = 0; i < 3; i++)
        start(&requests[i], disk, events[i] = new_event(), (WORD)(TAG + i));
    CHECK(disk_has_begun(1, 1));
    CloseHandle(disk);
    check_pending(&requests[0]);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < 3; i++) {
        check_packet(port, KEY, &requests[i]);
        CHECK(is_signalled(events[i]));
        CloseHandle(events[i]);
    }
    CHECK_EQUAL(disk_state().commands, 3);
    CloseHandle(port);
}

/* What is in flight belongs to the file, not to the value of its handle. */
static void a_closed_handles_value_may_be_reused_while_its_requests_are_in_flight(void)
{
    static struct in_flight requests[2], other;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), event = new_event(), next;

    disk_script(&busy_disk);
    numbered_disk_script(2, &ready_disk);
    for (int i = 0; i < 2; i++)
        start(&requests[i], disk, NULL, (WORD)(TAG + i));
    CHECK(disk_has_begun(1, 1));
    CloseHandle(disk);
    next = open_as(disk, open_second_disk);
    start(&other, next, event, TAG);
    CHECK(gets_signalled(event)); /* not held up by the other disk's */
    check_succeeded(&other);
    check_no_packet(port);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < 2; i++)
        check_packet(port, KEY, &requests[i]);
    check_no_packet(port);
    CHECK_EQUAL(disk_state().commands, 2);
    CHECK_EQUAL(numbered_disk_state(2).commands, 1);
    CloseHandle(next);
    CloseHandle(event);
    CloseHandle(port);
}

static struct {
    HANDLE disk, event;
    struct in_flight *request;
    ULONG_PTR place; /* of the one on the stack */
} shared;

static DWORD WINAPI start_on_the_heap(void *unused)
{
    (void)unused;
    start(shared.request, shared.disk, shared.event, TAG);
    return 0;
}

static DWORD WINAPI start_on_the_stack(void *unused)
{
    struct in_flight request;

    (void)unused;
    start(&request, shared.disk, shared.event, TAG);
    shared.place = (ULONG_PTR)__builtin_frame_address(0) - sizeof(request);
    return 0;
}

static DWORD WINAPI do_nothing(void *unused)
{
    (void)unused;
    return 0;
}

static void run_to_its_end(LPTHREAD_START_ROUTINE routine)
{
    HANDLE thread = CreateThread(NULL, 0, routine, NULL, 0, NULL);

    CHECK_EQUAL(WaitForSingleObject(thread, patience_ms()), WAIT_OBJECT_0);
    CloseHandle(thread);
}

static void a_request_outlives_its_thread(void)
{
    static struct in_flight request;

    disk_script(&busy_disk);
    shared.disk = open_overlapped(1);
    shared.event = new_event();
    shared.request = &request;
    run_to_its_end(start_on_the_heap);
    check_pending(&request);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(shared.event));
    check_succeeded(&request);
    CloseHandle(shared.event);
    CloseHandle(shared.disk);
}

/* Memory at the place where the thread's stack was, once the system has let go of it; Wine does so
 * when the next thread ends. NULL: something else lies there by now. */
static BYTE *take_the_place_of(ULONG_PTR address)
{
    enum { ATTEMPTS = 100 };

    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        BYTE *base = (BYTE *)(address & ~(ULONG_PTR)0xffff);
        BYTE *taken = VirtualAlloc(base, 0x10000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

        if (taken)
            return taken;
        run_to_its_end(do_nothing);
    }
    return NULL;
}

/* False where the place of the thread's stack could not be had, so that nothing was shown. */
static bool leave_the_stack_alone(void)
{
    BYTE *place;
    DWORD written = 0;

    disk_script(&busy_disk);
    shared.disk = open_overlapped(1);
    shared.event = new_event();
    run_to_its_end(start_on_the_stack);
    CHECK(disk_has_begun(1, 1));
    place = take_the_place_of(shared.place);
    if (place)
        memset(place, PRESET_BYTE, 0x10000);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(shared.event)); /* the event's life does not hang on the stack */
    for (DWORD i = 0; place && i < 0x10000; i++)
        written += place[i] != PRESET_BYTE;
    CHECK_EQUAL(written, 0);
    CHECK_EQUAL(disk_state().commands, 1);
    if (place)
        VirtualFree(place, 0, MEM_RELEASE);
    CloseHandle(shared.event);
    CloseHandle(shared.disk);
    return place != NULL;
}

static void nothing_is_written_to_the_stack_of_a_thread_that_has_ended(void)
{
    const DWORD began = GetTickCount();
    bool shown;

    do
        shown = leave_the_stack_alone();
    while (!shown && GetTickCount() - began < patience_ms());
    CHECK(shown);
}

static void the_library_may_be_freed_while_requests_are_in_flight(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), event = new_event();
    HMODULE library = GetModuleHandleA("holdfast.dll");

    disk_script(&busy_disk);
    start(&request, disk, event, TAG);
    for (int i = 0; i < 10; i++)
        FreeLibrary(library);
    CHECK(GetModuleHandleA("holdfast.dll") == library);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    CloseHandle(event);
    CloseHandle(disk);
}

int leave_in_flight(const char *how)
{
    static struct in_flight requests[3];
    HANDLE disks[2] = {open_overlapped(OWN_DISK), open_overlapped(OWN_DISK)}, event = new_event();

    for (int i = 0; i < 3; i++)
        start(&requests[i], disks[i % 2], event, (WORD)(TAG + i));
    check_pending(&requests[0]);
    if (!disk_has_begun(OWN_DISK, 2))
        return 1;
    if (strcmp(how, "exit") == 0)
        ExitProcess(EXIT_CODE);
    if (strcmp(how, "terminate") == 0)
        TerminateProcess(GetCurrentProcess(), EXIT_CODE);
    return EXIT_CODE; /* from main */
}

static void a_process_that_ends_with_requests_in_flight_has_its_own_exit_code(void)
{
    static const char *const ways[] = {"exit", "terminate", "return"};

    for (size_t i = 0; i < ARRAYSIZE(ways); i++) {
        STARTUPINFOA startup = {.cb = sizeof(startup)};
        PROCESS_INFORMATION child = {0};
        char program[MAX_PATH], command_line[MAX_PATH + 64];
        DWORD code = 0;

        numbered_disk_script(OWN_DISK, &busy_disk);
        GetModuleFileNameA(NULL, program, MAX_PATH);
        snprintf(command_line, sizeof(command_line), "\"%s\" --child leave %s", program, ways[i]);
        CHECK(
            CreateProcessA(NULL, command_line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child));
        CHECK_EQUAL(WaitForSingleObject(child.hProcess, patience_ms()), WAIT_OBJECT_0);
        GetExitCodeProcess(child.hProcess, &code);
        CHECK_EQUAL(code, EXIT_CODE);
        CHECK_EQUAL(numbered_disk_state(OWN_DISK).given_up, 0); /* it did not wait for the device */
        CloseHandle(child.hThread);
        CloseHandle(child.hProcess);
    }
}

const struct test_case lifetime_cases[] = {
    TEST(what_is_in_flight_can_be_cancelled_and_goes_on),
    TEST(with_nothing_in_flight_there_is_nothing_to_cancel),
    TEST(a_duplicate_can_cancel),
    TEST(a_handle_may_be_closed_while_requests_are_in_flight),
    TEST(a_closed_handles_value_may_be_reused_while_its_requests_are_in_flight),
    TEST(a_request_outlives_its_thread),
    TEST(nothing_is_written_to_the_stack_of_a_thread_that_has_ended),
    TEST(the_library_may_be_freed_while_requests_are_in_flight),
    TEST(a_process_that_ends_with_requests_in_flight_has_its_own_exit_code),
    {NULL, NULL},
};
