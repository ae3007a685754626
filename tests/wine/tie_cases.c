/* What belongs to a handle, and what to the file behind it: the disk, its access and its completion
 * port, when handles are closed, reused and duplicated.
 * Source: CloseHandle, DuplicateHandle, SetHandleInformation and CreateIoCompletionPort in the SDK:
 * access belongs to the handle; the port belongs to the file, all of whose handles share it, and
 * keeps living for it. */
#include "in_flight.h"

#include <winioctl.h>
#include <winternl.h>

enum { KEY = 0x4321, TAG = 64, HIGH_HANDLE = 1 << 19 };

static HANDLE open_overlapped(int number)
{
    return numbered_disk_open(number, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
}

static HANDLE open_first_disk(void)
{
    return open_overlapped(1);
}

static HANDLE open_second_disk(void)
{
    return open_overlapped(2);
}

static HANDLE open_to_read(void)
{
    return disk_open(GENERIC_READ, 0);
}

static HANDLE open_a_file(void)
{
    return CreateFileW(L"C:\\windows\\win.ini", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING,
                       0, NULL);
}

static HANDLE open_a_port(void)
{
    return CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
}

static HANDLE copy_of(HANDLE handle)
{
    HANDLE copy = NULL;

    CHECK(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, FALSE,
                          DUPLICATE_SAME_ACCESS));
    return copy;
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

static void the_low_bits_of_a_handle_do_not_matter(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie((HANDLE)((ULONG_PTR)disk | 1), NULL, KEY);

    disk_script(&ready_disk);
    for (ULONG_PTR bits = 0; bits < 4; bits++) {
        start(&request, (HANDLE)((ULONG_PTR)disk | bits), NULL, TAG);
        check_packet(port, KEY, &request);
    }
    CloseHandle(disk);
    CloseHandle(port);
}

static void a_close_that_is_refused_changes_nothing(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);

    disk_script(&ready_disk);
    CHECK(
        SetHandleInformation(disk, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE));
    start(&request, disk, NULL, TAG);
    check_packet(port, KEY, &request);
    CHECK(NtClose(disk) != 0);
    start(&request, disk, NULL, TAG);
    check_packet(port, KEY, &request);
    CHECK(SetHandleInformation(disk, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
    CloseHandle(disk);
    CloseHandle(port);
}

static void a_tie_is_for_good(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), other;

    disk_script(&ready_disk);
    other = open_a_port();
    CHECK(CreateIoCompletionPort(disk, other, KEY + 1, 0) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    start(&request, disk, NULL, TAG);
    check_packet(port, KEY, &request);
    check_no_packet(other);
    CloseHandle(disk);
    CloseHandle(other);
    CloseHandle(port);
}

/* All handles of one open file share its tie, whichever of them it was made through. */
static void duplicates_share_the_tie(void)
{
    static const struct {
        bool copied_first, tied_by_copy, used_first, original_closed;
    } rows[] = {
        {false, false, false, false}, {false, false, false, true}, {false, false, true, true},
        {true, false, false, false},  {true, false, false, true},  {true, false, true, true},
        {true, true, false, false},   {true, true, true, false},   {true, true, false, true},
    };
    static struct in_flight request;

    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        HANDLE disk = open_overlapped(1), copy = NULL, port;

        if (rows[i].used_first) {
            DWORD returned;

            CHECK(DeviceIoControl(disk, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL));
        }
        if (rows[i].copied_first)
            copy = copy_of(disk);
        port = tie(rows[i].tied_by_copy ? copy : disk, NULL, KEY);
        if (!rows[i].copied_first)
            copy = copy_of(disk);
        if (!rows[i].original_closed) {
            start(&request, disk, NULL, TAG);
            check_packet(port, KEY, &request);
        }
        if (rows[i].original_closed)
            CloseHandle(disk);
        start(&request, copy, NULL, TAG);
        check_packet(port, KEY, &request);
        check_no_packet(port);
        if (!rows[i].original_closed)
            CloseHandle(disk);
        CloseHandle(copy);
        CloseHandle(port);
    }
}

static void a_moved_handle_keeps_the_tie(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), moved = NULL;

    disk_script(&ready_disk);
    CHECK(DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &moved, 0, FALSE,
                          DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    start(&request, moved, NULL, TAG);
    check_packet(port, KEY, &request);
    CloseHandle(moved);
    CloseHandle(port);
}

/* The tie is with the port, not with its handle. */
static void a_port_lives_on_in_its_other_handle(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), copy = copy_of(port);

    disk_script(&ready_disk);
    CloseHandle(port);
    start(&request, disk, NULL, TAG);
    check_packet(copy, KEY, &request);
    CloseHandle(disk);
    CloseHandle(copy);
}

/* The value of the closed port's handle now means another port, which never heard of the disk. */
static void a_closed_ports_packets_do_not_go_to_the_next_port(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = open_aside(open_a_port), event = new_event(), other;

    disk_script(&ready_disk);
    tie(disk, port, KEY);
    CloseHandle(port);
    other = open_as(port, open_a_port);
    start(&request, disk, event, TAG);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    check_no_packet(other);
    CloseHandle(disk);
    CloseHandle(event);
    CloseHandle(other);
}

static DWORD WINAPI wait_at_port(void *port)
{
    struct packet packet = take_packet(port, 1000);

    return packet.taken ? 0 : packet.last_error;
}

/* How a thread that waits at a port comes off when the port is closed. */
static DWORD outcome_of_closing(HANDLE port)
{
    HANDLE thread = CreateThread(NULL, 0, wait_at_port, port, 0, NULL);
    DWORD outcome = 0;

    Sleep(100);
    CloseHandle(port);
    CHECK_EQUAL(WaitForSingleObject(thread, TEST_PATIENCE_MS), WAIT_OBJECT_0);
    GetExitCodeThread(thread, &outcome);
    CloseHandle(thread);
    return outcome;
}

/* Windows says ERROR_ABANDONED_WAIT_0, Wine 8 lets the waiter wait; a tied disk, which keeps the
 * port alive on Windows too but not for waiters, makes no difference. */
static void a_waiter_at_a_port_that_is_closed_fares_as_without_a_disk(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);
    DWORD plain = outcome_of_closing(open_a_port());

    disk_script(&ready_disk);
    start(&request, disk, NULL, TAG);
    check_packet(port, KEY, &request);
    CHECK_EQUAL(outcome_of_closing(port), plain);
    start(&request, disk, NULL, TAG); /* nowhere to go, and nobody minds */
    for (int i = 0; i < TEST_PATIENCE_MS && !HasOverlappedIoCompleted(&request.overlapped); i++)
        Sleep(1);
    check_succeeded(&request);
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
    HANDLE high = open_high(open_first_disk), event = new_event(), copy = copy_of(high), port;

    disk_script(&ready_disk);
    for (int i = 0; i < 2; i++) {
        start(&request, i == 0 ? high : copy, event, TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
    }
    port = tie(high, NULL, KEY);
    start(&request, high, event, TAG);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    CHECK(take_packet(port, 2000).taken);
    CHECK_EQUAL(disk_state().commands, 3);
    CloseHandle(copy);
    CloseHandle(high);
    CloseHandle(event);
    CloseHandle(port);
}

const struct test_case tie_cases[] = {
    TEST(a_value_reused_for_another_disk_means_that_disk),
    TEST(a_value_reused_for_a_file_means_no_disk_and_the_other_way_round),
    TEST(a_value_reused_has_the_access_and_the_mode_of_its_new_handle),
    TEST(a_duplicate_has_its_own_access),
    TEST(the_low_bits_of_a_handle_do_not_matter),
    TEST(a_close_that_is_refused_changes_nothing),
    TEST(a_tie_is_for_good),
    TEST(duplicates_share_the_tie),
    TEST(a_moved_handle_keeps_the_tie),
    TEST(a_port_lives_on_in_its_other_handle),
    TEST(a_closed_ports_packets_do_not_go_to_the_next_port),
    TEST(a_waiter_at_a_port_that_is_closed_fares_as_without_a_disk),
    TEST(handles_of_high_values_are_served_too),
    {NULL, NULL},
};
