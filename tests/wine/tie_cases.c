/* A completion port and the handles that lead to it and to its disk, closed and duplicated.
 * Source: CloseHandle, DuplicateHandle, SetHandleInformation and CreateIoCompletionPort in the SDK:
 * the port belongs to the file, all of whose handles share it, and keeps living for it. */
#include "in_flight.h"

#include <winioctl.h>
#include <winternl.h>

enum { KEY = 0x4321, TAG = 64 };

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

static void a_close_by_duplication_that_is_refused_changes_nothing(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), event = new_event();

    disk_script(&ready_disk);
    CHECK(
        SetHandleInformation(disk, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE));
    DuplicateHandle(GetCurrentProcess(), disk, NULL, NULL, 0, FALSE, DUPLICATE_CLOSE_SOURCE);
    start(&request, disk, event, TAG);
    CHECK(gets_signalled(event));
    CHECK(take_packet(port, patience_ms()).taken);
    CHECK(SetHandleInformation(disk, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
    CloseHandle(disk);
    CloseHandle(event);
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

struct waiter {
    HANDLE port;
    DWORD milliseconds;
};

static DWORD WINAPI wait_at_port(void *argument)
{
    const struct waiter *waiter = argument;
    struct packet packet = take_packet(waiter->port, waiter->milliseconds);

    return packet.taken ? 0 : packet.last_error;
}

/* How a thread that waits at a port comes off when the port is closed after a while. */
static DWORD outcome_after(DWORD milliseconds, HANDLE port)
{
    struct waiter waiter = {port, 10 * milliseconds};
    HANDLE thread = CreateThread(NULL, 0, wait_at_port, &waiter, 0, NULL);
    DWORD outcome = 0;

    Sleep(milliseconds);
    CloseHandle(port);
    CHECK_EQUAL(WaitForSingleObject(thread, patience_ms()), WAIT_OBJECT_0);
    GetExitCodeThread(thread, &outcome);
    CloseHandle(thread);
    return outcome;
}

/* A thread that has not come to its wait when the port is closed gets more time, on another one. */
static DWORD outcome_of_closing(HANDLE (*open)(void))
{
    DWORD outcome = ERROR_INVALID_HANDLE;

    for (DWORD time = 100; outcome == ERROR_INVALID_HANDLE && time < patience_ms() / 10; time *= 4)
        outcome = outcome_after(time, open());
    return outcome;
}

static HANDLE tied_disk;

/* To a disk that is in use. */
static HANDLE open_a_tied_port(void)
{
    static struct in_flight request;
    HANDLE port;

    if (tied_disk)
        CloseHandle(tied_disk);
    tied_disk = open_overlapped(1);
    port = tie(tied_disk, NULL, KEY);
    start(&request, tied_disk, NULL, TAG);
    check_packet(port, KEY, &request);
    return port;
}

/* Windows says ERROR_ABANDONED_WAIT_0, Wine 8 lets the waiter wait; a tied disk, which keeps the
 * port alive on Windows too but not for waiters, makes no difference. */
static void a_waiter_at_a_port_that_is_closed_fares_as_without_a_disk(void)
{
    static struct in_flight request;
    const DWORD plain = outcome_of_closing(open_a_port);

    disk_script(&ready_disk);
    CHECK_EQUAL(outcome_of_closing(open_a_tied_port), plain);
    start(&request, tied_disk, NULL, TAG); /* nowhere to go, and nobody minds */
    for (unsigned i = 0; i < patience_ms() && !HasOverlappedIoCompleted(&request.overlapped); i++)
        Sleep(1);
    check_succeeded(&request);
    CloseHandle(tied_disk);
}

const struct test_case tie_cases[] = {
    TEST(the_low_bits_of_a_handle_do_not_matter),
    TEST(a_close_that_is_refused_changes_nothing),
    TEST(a_close_by_duplication_that_is_refused_changes_nothing),
    TEST(a_tie_is_for_good),
    TEST(duplicates_share_the_tie),
    TEST(a_moved_handle_keeps_the_tie),
    TEST(a_port_lives_on_in_its_other_handle),
    TEST(a_closed_ports_packets_do_not_go_to_the_next_port),
    TEST(a_waiter_at_a_port_that_is_closed_fares_as_without_a_disk),
    {NULL, NULL},
};
