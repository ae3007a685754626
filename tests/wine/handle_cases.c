/* What a handle is: its disk, its access, its mode; also when its value is closed and given out
 * again. Source: CloseHandle and DuplicateHandle in the SDK: access belongs to the handle, mode and
 * port to the file, and nothing to the value. */
#include "in_flight.h"

#include <stdio.h>
#include <stdlib.h>
#include <winioctl.h>
#include <winternl.h>

enum { KEY = 0x4321, TAG = 64, HIGH_HANDLE = 1 << 19, THREADS = 4, ROUNDS = 150, DONE = 55 };

static HANDLE open_to_read(void)
{
    return disk_open(GENERIC_READ, 0);
}

static HANDLE open_a_file(void)
{
    return CreateFileW(L"C:\\windows\\win.ini", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING,
                       0, NULL);
}

/* The ways to close a handle. */
static void close_plainly(HANDLE handle)
{
    CHECK(CloseHandle(handle));
}

static void close_by_ntdll(HANDLE handle)
{
    CHECK_EQUAL(NtClose(handle), 0);
}

/* Wine says FALSE where there is no target, and has closed the source all the same. */
static void close_as_source(HANDLE handle)
{
    DuplicateHandle(GetCurrentProcess(), handle, NULL, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE);
}

static void close_as_source_by_the_process_handle(HANDLE handle)
{
    HANDLE process = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());

    DuplicateHandle(process, handle, NULL, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE);
    CloseHandle(process);
}

static void move_and_close(HANDLE handle)
{
    HANDLE moved = NULL;

    CHECK(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &moved, 0, FALSE,
                          DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    CHECK(CloseHandle(moved));
}

/* The two low bits are no part of a handle. */
static void close_with_low_bits(HANDLE handle)
{
    CHECK(CloseHandle((HANDLE)((ULONG_PTR)handle | 3)));
}

static void (*const close_ways[])(HANDLE) = {
    close_plainly,  close_by_ntdll,      close_as_source, close_as_source_by_the_process_handle,
    move_and_close, close_with_low_bits,
};

/* A handle that was tied to `port` and in use until it was closed by way `i`. */
static HANDLE value_used_and_closed(size_t way, HANDLE port)
{
    static struct in_flight request;
    HANDLE disk = open_aside(open_first_disk);

    disk_script(&ready_disk);
    tie(disk, port, KEY);
    start(&request, disk, NULL, TAG);
    check_packet(port, KEY, &request);
    disk_script(&ready_disk);
    close_ways[way](disk);
    return disk;
}

static void a_value_reused_for_another_disk_means_that_disk(void)
{
    static struct in_flight request;
    HANDLE port = open_a_port(), event = new_event();

    for (size_t way = 0; way < ARRAYSIZE(close_ways); way++) {
        HANDLE value = value_used_and_closed(way, port), disk;

        numbered_disk_script(2, &busy_disk);
        disk = open_as(value, open_second_disk);
        start(&request, disk, event, TAG);
        check_pending(&request);
        disk_admit(2, ALL_COMMANDS);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
        check_no_packet(port);
        CHECK_EQUAL(disk_state().commands, 0);
        CHECK_EQUAL(numbered_disk_state(2).commands, 1);
        CloseHandle(disk);
    }
    CloseHandle(event);
    CloseHandle(port);
}

static void a_value_reused_for_a_file_means_no_disk_and_the_other_way_round(void)
{
    HANDLE port = open_a_port();

    for (size_t way = 0; way < ARRAYSIZE(close_ways); way++) {
        HANDLE value = value_used_and_closed(way, port), other = open_as(value, open_a_file);
        DWORD returned;

        CHECK(!DeviceIoControl(other, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL));
        CHECK_EQUAL(disk_state().commands, 0);
        close_ways[way](other);
        other = open_as(value, open_to_read);
        CHECK(DeviceIoControl(other, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL));
        CHECK_EQUAL(disk_state().commands, 1);
        close_ways[way](other);
        CHECK(!DeviceIoControl(other, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL));
        CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
        CHECK_EQUAL(disk_state().commands, 1);
    }
    CloseHandle(port);
}

static void a_value_reused_has_the_access_and_the_mode_of_its_new_handle(void)
{
    static struct in_flight request;
    HANDLE first = open_aside(open_first_disk), second;
    const BYTE *command = pr_out_command(1, 5, 9);
    DWORD returned;

    disk_script(&ready_disk);
    CHECK(DeviceIoControl(first, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, (void *)command,
                          PR_OUT_LENGTH, NULL, 0, &returned, NULL));
    CloseHandle(first);
    second = open_as(first, open_to_read);
    CHECK(!DeviceIoControl(second, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, (void *)command,
                           PR_OUT_LENGTH, NULL, 0, &returned, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    start(&request, second, NULL, TAG);
    CHECK(request.result); /* synchronous */
    CHECK_EQUAL(disk_state().commands, 2);
    CloseHandle(second);
}

static void a_duplicate_has_its_own_access(void)
{
    HANDLE disk = open_overlapped(1), weak = NULL;
    const BYTE *command = pr_out_command(1, 5, 9);

    disk_script(&ready_disk);
    CHECK(DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &weak, GENERIC_READ,
                          FALSE, 0));
    for (int round = 0; round < 2; round++) {
        DWORD returned;

        CHECK(!DeviceIoControl(weak, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, (void *)command,
                               PR_OUT_LENGTH, NULL, 0, &returned, NULL));
        CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
        CHECK(DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, (void *)command,
                              PR_OUT_LENGTH, NULL, 0, &returned, NULL));
    }
    CHECK_EQUAL(disk_state().commands, 2);
    CloseHandle(weak);
    CloseHandle(disk);
}

/* Takes all values below HIGH_HANDLE, and gives back what `open` then opens. */
static HANDLE open_high(HANDLE (*open)(void))
{
    static HANDLE events[HIGH_HANDLE / 4];
    HANDLE opened;
    size_t count = 0;

    do
        events[count] = new_event();
    while ((ULONG_PTR)events[count++] < HIGH_HANDLE && count < ARRAYSIZE(events));
    opened = open();
    CHECK((ULONG_PTR)opened >= HIGH_HANDLE);
    while (count > 0)
        CloseHandle(events[--count]);
    return opened;
}

/* Above what the shim keeps a memory for: slower, and no different. */
static void handles_of_high_values_are_served_too(void)
{
    static struct in_flight request;
    HANDLE high = open_high(open_first_disk), event = new_event(), copy = copy_of(high);

    disk_script(&ready_disk);
    for (int i = 0; i < 2; i++) {
        start(&request, i == 0 ? high : copy, event, TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
    }
    CHECK_EQUAL(disk_state().commands, 2);
    CloseHandle(copy);
    CloseHandle(high);
    CloseHandle(event);
}

static void handles_of_high_values_get_packets_too(void)
{
    static struct in_flight request;
    HANDLE high = open_high(open_first_disk), port = tie(high, NULL, KEY), event = new_event();
    HANDLE disk = open_first_disk(), high_port = open_high(open_a_port);

    disk_script(&ready_disk);
    start(&request, high, event, TAG);
    CHECK(gets_signalled(event));
    /* The program waits for it, whatever the value. */
    CHECK(take_packet(port, patience_ms()).taken);
    tie(disk, high_port, KEY);
    start(&request, disk, event, TAG);
    CHECK(gets_signalled(event));
    CHECK(take_packet(high_port, patience_ms()).taken);
    CloseHandle(high);
    CloseHandle(port);
    CloseHandle(disk);
    CloseHandle(high_port);
    CloseHandle(event);
}

/* Closes a handle of its parent, as the system lets a process with the right to do. */
int close_in_parent(const char *process, const char *handle)
{
    HANDLE parent = (HANDLE)(ULONG_PTR)strtoull(process, NULL, 16);
    HANDLE victim = (HANDLE)(ULONG_PTR)strtoull(handle, NULL, 16), moved = NULL;

    return DuplicateHandle(parent, victim, GetCurrentProcess(), &moved, 0, FALSE,
                           DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE)
               ? DONE
               : 1;
}

static void run_child_that_closes(HANDLE victim)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child = {0};
    char program[MAX_PATH], command_line[MAX_PATH + 64];
    HANDLE self = NULL;
    DWORD code = 0;

    DuplicateHandle(GetCurrentProcess(), GetCurrentProcess(), GetCurrentProcess(), &self, 0, TRUE,
                    DUPLICATE_SAME_ACCESS);
    GetModuleFileNameA(NULL, program, MAX_PATH);
    snprintf(command_line, sizeof(command_line), "\"%s\" --child close %llx %llx", program,
             (unsigned long long)(ULONG_PTR)self, (unsigned long long)(ULONG_PTR)victim);
    CHECK(CreateProcessA(NULL, command_line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child));
    CHECK_EQUAL(WaitForSingleObject(child.hProcess, patience_ms()), WAIT_OBJECT_0);
    GetExitCodeProcess(child.hProcess, &code);
    CHECK_EQUAL(code, DONE);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    CloseHandle(self);
}

static void a_value_that_another_process_closed_means_its_next_disk(void)
{
    static struct in_flight request;
    HANDLE first = open_aside(open_first_disk), event = new_event(), port = tie(first, NULL, KEY);
    HANDLE second;

    disk_script(&ready_disk);
    numbered_disk_script(2, &ready_disk);
    start(&request, first, NULL, TAG);
    check_packet(port, KEY, &request);
    run_child_that_closes(first);
    second = open_as(first, open_second_disk);
    start(&request, second, event, TAG);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    check_no_packet(port);
    CHECK_EQUAL(disk_state().commands, 1);
    CHECK_EQUAL(numbered_disk_state(2).commands, 1);
    CloseHandle(second);
    CloseHandle(event);
    CloseHandle(port);
}

/* Opens its disk again and again, while the others give it values that they have just closed. Each
 * disk answers with its own bytes. */
static DWORD WINAPI open_ask_and_close(void *number)
{
    DWORD wrong = 0;

    for (int round = 0; round < ROUNDS; round++) {
        HANDLE disk = numbered_disk_open((int)(ULONG_PTR)number, GENERIC_READ, 0), copy = NULL;
        BYTE command[PR_IN_LENGTH] = {12, [4] = 12, [10] = TAG}, output[TAG] = {0};
        DWORD returned = 0;

        if (round % 2)
            DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &copy, 0, FALSE,
                            DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);
        wrong += !DeviceIoControl(copy ? copy : disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, command,
                                  sizeof(command), output, sizeof(output), &returned, NULL);
        wrong += output[0] != (BYTE)(ULONG_PTR)number;
        CloseHandle(copy ? copy : disk);
    }
    return wrong;
}

static void threads_that_exchange_values_each_reach_their_own_disk(void)
{
    struct scripted_disk script = ready_disk;
    HANDLE threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        FillMemory(script.data, sizeof(script.data), i + 1);
        numbered_disk_script(i + 1, &script);
    }
    for (int i = 0; i < THREADS; i++)
        threads[i] = CreateThread(NULL, 0, open_ask_and_close, (void *)(ULONG_PTR)(i + 1), 0, NULL);
    for (int i = 0; i < THREADS; i++) {
        DWORD wrong = 1;

        CHECK_EQUAL(WaitForSingleObject(threads[i], INFINITE), WAIT_OBJECT_0);
        GetExitCodeThread(threads[i], &wrong);
        CHECK_EQUAL(wrong, 0);
        CHECK_EQUAL(numbered_disk_state(i + 1).commands, ROUNDS);
        CloseHandle(threads[i]);
    }
}

const struct test_case handle_cases[] = {
    TEST(a_value_reused_for_another_disk_means_that_disk),
    TEST(a_value_reused_for_a_file_means_no_disk_and_the_other_way_round),
    TEST(a_value_reused_has_the_access_and_the_mode_of_its_new_handle),
    TEST(a_duplicate_has_its_own_access),
    TEST(handles_of_high_values_are_served_too),
    TEST(handles_of_high_values_get_packets_too),
    TEST(a_value_that_another_process_closed_means_its_next_disk),
    TEST(threads_that_exchange_values_each_reach_their_own_disk),
    {NULL, NULL},
};
