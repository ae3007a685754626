/* The shim's own threads: that a program sees little of them, and never has to wait for one that
 * cannot run. On Windows an overlapped request needs no thread of the process.
 * Source: DllMain and ExitProcess in the SDK (under the loader's lock no thread begins; while a
 * process ends only one is left). */
#include "in_flight.h"

#include <stdio.h>
#include <tlhelp32.h>
#include <winternl.h>

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
    ended_in_callback = WaitForSingleObject(event, patience_ms() / 2) == WAIT_OBJECT_0;
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
    CHECK_EQUAL(WaitForSingleObject(thread, patience_ms()), WAIT_OBJECT_0);
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
    for (unsigned n = 0; n < patience_ms() && !HasOverlappedIoCompleted(&from_callback.overlapped);
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
    CHECK_EQUAL(WaitForSingleObject(child.hProcess, patience_ms()), WAIT_OBJECT_0);
    GetExitCodeProcess(child.hProcess, &code);
    CHECK_EQUAL(code, IN_TIME);
    CHECK_EQUAL(numbered_disk_state(OWN_DISK).commands, 2);
    TerminateProcess(child.hProcess, 1); /* if it hangs */
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
}

/* ntddk.h's ThreadQuerySetWin32StartAddress; Wine too knows where each thread began. */
static bool begins_in(DWORD id, const void *module, SIZE_T size)
{
    static const THREADINFOCLASS start_address = 9;
    HANDLE thread = OpenThread(THREAD_QUERY_INFORMATION, FALSE, id);
    BYTE *address = NULL;
    const LONG status =
        NtQueryInformationThread(thread, start_address, &address, sizeof(address), NULL);

    if (thread)
        CloseHandle(thread);
    return status >= 0 && address >= (const BYTE *)module && address < (const BYTE *)module + size;
}

/* Wine has threads of its own, which come and go. */
static DWORD threads_of_the_shim(void)
{
    HMODULE module = GetModuleHandleA("holdfast.dll");
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)module;
    const IMAGE_NT_HEADERS *headers =
        (const IMAGE_NT_HEADERS *)((const BYTE *)module + dos->e_lfanew);
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    DWORD count = 0;

    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        count += entry.th32OwnerProcessID == GetCurrentProcessId() &&
                 begins_in(entry.th32ThreadID, module, headers->OptionalHeader.SizeOfImage);
    CloseHandle(snapshot);
    return count;
}

/* A program's callbacks for threads see every thread under Wine, also one that asks not to be shown
 * (THREAD_CREATE_FLAGS_SKIP_THREAD_ATTACH): no more than there are handles in use at a time, and no
 * end without a beginning. */
static void the_program_hears_of_one_thread_for_each_handle_in_use(void)
{
    static struct in_flight requests[SCRIPTED_DISKS];
    HANDLE disks[SCRIPTED_DISKS], events[SCRIPTED_DISKS];
    const LONG begun = threads_begun, known = (LONG)threads_of_the_shim();

    for (int i = 0; i < SCRIPTED_DISKS; i++) {
        numbered_disk_script(i + 1, &busy_disk);
        disks[i] = open_overlapped(i + 1);
        start(&requests[i], disks[i], events[i] = new_event(), TAG);
        CHECK(disk_has_begun(i + 1, 1));
    }
    CHECK_EQUAL(threads_of_the_shim(), SCRIPTED_DISKS);
    CHECK(threads_begun >= begun + SCRIPTED_DISKS - known);
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

/* One that has said the end of its request may not be free yet when the next one comes, so a few.
 */
static void requests_that_follow_each_other_share_a_thread(void)
{
    enum { REQUESTS = 100, FEW = 10 };
    static struct in_flight request;
    HANDLE event = new_event();

    disk_script(&ready_disk);
    for (int i = 0; i < REQUESTS; i++) {
        HANDLE disk = open_overlapped(1);

        start(&request, disk, event, TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
        CloseHandle(disk);
    }
    CHECK(threads_of_the_shim() >= 1);
    CHECK(threads_of_the_shim() <= FEW);
    CloseHandle(event);
}

const struct test_case thread_cases[] = {
    TEST(a_request_under_the_loaders_lock_comes_to_its_end),
    TEST(a_request_while_the_process_ends_comes_to_its_end),
    TEST(the_program_hears_of_one_thread_for_each_handle_in_use),
    TEST(requests_that_follow_each_other_share_a_thread),
    {NULL, NULL},
};
