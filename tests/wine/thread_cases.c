/* The shim's own threads: that a program sees little of them, and never has to wait for one that
 * cannot run. On Windows an overlapped request needs no thread of the process.
 * Source: DllMain and ExitProcess in the SDK (under the loader's lock no thread begins; while a
 * process ends only one is left). */
#include "in_flight.h"

#include <stdio.h>
#include <tlhelp32.h>

enum { TAG = 64, IN_TIME = 78, TOO_LATE = 79, OWN_DISK = 4 };

static volatile LONG threads_begun, threads_ended;
static struct in_flight from_callback;
static HANDLE attach_disk; /* where not NULL, the next thread's callback sends a request on it */
static HANDLE farewell_disk;
static bool ended_in_callback;

static void send_from_callback(HANDLE disk)
{
    HANDLE event = new_event();

    start(&from_callback, disk, event, TAG);
    ended_in_callback = WaitForSingleObject(event, TEST_PATIENCE_MS / 2) == WAIT_OBJECT_0;
    CloseHandle(event);
}

/* Called by the loader, under its lock. */
static void NTAPI notice(void *module, DWORD reason, void *reserved)
{
    (void)module;
    (void)reserved;
    if (reason == DLL_THREAD_ATTACH)
        InterlockedIncrement(&threads_begun);
    if (reason == DLL_THREAD_DETACH)
        InterlockedIncrement(&threads_ended);
    if (attach_disk && reason == DLL_THREAD_ATTACH)
        send_from_callback(InterlockedExchangePointer(&attach_disk, NULL));
}

__attribute__((section(".CRT$XLC"), used)) static const PIMAGE_TLS_CALLBACK callback = notice;

static DWORD WINAPI do_nothing(void *unused)
{
    (void)unused;
    return 0;
}

static void wait_and_close(HANDLE thread)
{
    CHECK_EQUAL(WaitForSingleObject(thread, TEST_PATIENCE_MS), WAIT_OBJECT_0);
    CloseHandle(thread);
}

/* First in its family, while the shim has no thread yet. */
static void a_request_under_the_loaders_lock_comes_to_its_end(void)
{
    HANDLE disk = open_overlapped(1);

    disk_script(&ready_disk);
    attach_disk = disk;
    wait_and_close(CreateThread(NULL, 0, do_nothing, NULL, 0, NULL));
    CHECK(ended_in_callback);
    for (int n = 0; n < TEST_PATIENCE_MS && !HasOverlappedIoCompleted(&from_callback.overlapped);
         n++)
        Sleep(1);
    check_succeeded(&from_callback);
    CloseHandle(disk);
}

/* Called when all threads but this one are gone. */
static void ask_in_farewell(void)
{
    send_from_callback(farewell_disk);
    TerminateProcess(GetCurrentProcess(), ended_in_callback ? IN_TIME : TOO_LATE);
}

/* With a worker that has served, and one that is at it: neither lives to see the farewell. */
int ask_while_ending(void)
{
    typedef void (*farewell_by_function)(void (*)(void));
    farewell_by_function farewell_by =
        (farewell_by_function)(void *)GetProcAddress(LoadLibraryA("farewell.dll"), "farewell_by");
    static struct in_flight served, held;
    HANDLE event = new_event();

    if (!farewell_by)
        return 1;
    farewell_disk = open_overlapped(OWN_DISK);
    start(&served, farewell_disk, event, TAG);
    start(&held, open_overlapped(1), new_event(), TAG); /* a start clears its event */
    if (!gets_signalled(event) || !disk_has_begun(1, 1))
        return 1;
    farewell_by(ask_in_farewell);
    return 0;
}

static void a_request_while_the_process_ends_comes_to_its_end(void)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child = {0};
    char program[MAX_PATH], command_line[MAX_PATH + 64];
    DWORD code = 0;

    disk_script(&busy_disk);
    numbered_disk_script(OWN_DISK, &ready_disk);
    GetModuleFileNameA(NULL, program, MAX_PATH);
    snprintf(command_line, sizeof(command_line), "\"%s\" --child late", program);
    CHECK(CreateProcessA(NULL, command_line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child));
    CHECK_EQUAL(WaitForSingleObject(child.hProcess, TEST_PATIENCE_MS), WAIT_OBJECT_0);
    GetExitCodeProcess(child.hProcess, &code);
    CHECK_EQUAL(code, IN_TIME);
    CHECK_EQUAL(numbered_disk_state(OWN_DISK).commands, 2);
    TerminateProcess(child.hProcess, 1); /* if it hangs */
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
}

/* A program's callbacks for threads see every thread under Wine, also one that asks not to be shown
 * (THREAD_CREATE_FLAGS_SKIP_THREAD_ATTACH): no more than there are handles in use at a time, and no
 * end without a beginning. */
static void the_program_hears_of_one_thread_for_each_handle_in_use(void)
{
    static struct in_flight requests[SCRIPTED_DISKS];
    HANDLE disks[SCRIPTED_DISKS], events[SCRIPTED_DISKS];
    LONG begun = threads_begun;

    for (int i = 0; i < SCRIPTED_DISKS; i++) {
        numbered_disk_script(i + 1, &busy_disk);
        disks[i] = open_overlapped(i + 1);
        start(&requests[i], disks[i], events[i] = new_event(), TAG);
        CHECK(disk_has_begun(i + 1, 1));
    }
    for (int i = 0; i < SCRIPTED_DISKS; i++) {
        disk_admit(i + 1, ALL_COMMANDS);
        CHECK(gets_signalled(events[i]));
        check_succeeded(&requests[i]);
        CloseHandle(events[i]);
        CloseHandle(disks[i]);
    }
    CHECK(threads_begun <= begun + SCRIPTED_DISKS);
    CHECK(threads_ended <= threads_begun);
}

static DWORD threads_now(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    DWORD count = 0;

    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        count += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return count;
}

static void requests_that_follow_each_other_share_a_thread(void)
{
    static struct in_flight request;
    HANDLE event = new_event();
    DWORD before = threads_now();

    disk_script(&ready_disk);
    for (int i = 0; i < 100; i++) {
        HANDLE disk = open_overlapped(1);

        start(&request, disk, event, TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
        CloseHandle(disk);
    }
    CHECK(before > 0);
    CHECK(threads_now() <= before + 4);
    CloseHandle(event);
}

const struct test_case thread_cases[] = {
    TEST(a_request_under_the_loaders_lock_comes_to_its_end),
    TEST(a_request_while_the_process_ends_comes_to_its_end),
    TEST(the_program_hears_of_one_thread_for_each_handle_in_use),
    TEST(requests_that_follow_each_other_share_a_thread),
    {NULL, NULL},
};
