/* Many requests at a time: what waits for what, and what never does.
 * Source: docs/differences.md, "How requests complete": overlapped requests on one handle and its
 * duplicates are carried out one after the other as they were submitted; BREAK_RESERVATION and
 * RESET_BUS do not wait for them (they are there to free a disk that is stuck), nor does a request
 * whose caller waits; nothing waits for another handle. */
#include "in_flight.h"

#include <winioctl.h>

enum { MANY = 1000, FIRST_TAG = 64 };

/* The device has seen `count` commands, tagged from FIRST_TAG on, and never two at a time. */
static void check_order(uint32_t count)
{
    struct scripted_disk state = disk_state();

    CHECK_EQUAL(state.logged, count);
    CHECK_EQUAL(state.most_running, 1);
    CHECK_EQUAL(state.given_up, 0);
    for (uint32_t i = 0; i < count; i++)
        if (state.log[i] != FIRST_TAG + i)
            CHECK_EQUAL(state.log[i], FIRST_TAG + i);
}

static void requests_are_carried_out_as_they_were_submitted(void)
{
    static struct in_flight requests[4];
    HANDLE disk = open_overlapped(1), events[4];

    disk_script(&busy_disk);
    for (int i = 0; i < 4; i++)
        start(&requests[i], disk, events[i] = new_event(), (WORD)(FIRST_TAG + i));
    for (int i = 0; i < 4; i++) {
        disk_admit(1, (uint32_t)i + 1);
        CHECK(gets_signalled(events[i]));
        check_succeeded(&requests[i]);
        for (int later = i + 1; later < 4; later++)
            check_pending(&requests[later]);
        CloseHandle(events[i]);
    }
    check_order(4);
    CloseHandle(disk);
}

static void a_duplicate_waits_its_turn_behind_the_original(void)
{
    static struct in_flight requests[2];
    HANDLE disk = open_overlapped(1), copy = NULL, events[2] = {new_event(), new_event()};

    disk_script(&busy_disk);
    CHECK(DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &copy, 0, FALSE,
                          DUPLICATE_SAME_ACCESS));
    start(&requests[0], disk, events[0], FIRST_TAG);
    start(&requests[1], copy, events[1], FIRST_TAG + 1);
    CHECK(disk_has_begun(1, 1));
    CHECK_EQUAL(WaitForSingleObject(events[1], 50), WAIT_TIMEOUT);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < 2; i++) {
        CHECK(gets_signalled(events[i]));
        check_succeeded(&requests[i]);
        CloseHandle(events[i]);
    }
    check_order(2);
    CloseHandle(copy);
    CloseHandle(disk);
}

static void two_handles_of_one_disk_do_not_wait_for_each_other(void)
{
    static struct in_flight requests[2];
    HANDLE disks[2] = {open_overlapped(1), open_overlapped(1)}, events[2];

    disk_script(&busy_disk);
    for (int i = 0; i < 2; i++)
        start(&requests[i], disks[i], events[i] = new_event(), (WORD)(FIRST_TAG + i));
    CHECK(disk_has_begun(1, 2));
    CHECK_EQUAL(disk_state().most_running, 2);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < 2; i++) {
        CHECK(gets_signalled(events[i]));
        check_succeeded(&requests[i]);
        CloseHandle(events[i]);
        CloseHandle(disks[i]);
    }
}

static void one_disk_that_hangs_holds_up_no_other(void)
{
    static struct in_flight stuck, request;
    HANDLE disks[SCRIPTED_DISKS], stuck_event = new_event(), event = new_event();

    disk_script(&busy_disk);
    disks[0] = open_overlapped(1);
    start(&stuck, disks[0], stuck_event, FIRST_TAG);
    CHECK(disk_has_begun(1, 1));
    for (int i = 1; i < SCRIPTED_DISKS; i++) {
        numbered_disk_script(i + 1, &ready_disk);
        disks[i] = open_overlapped(i + 1);
        start(&request, disks[i], event, FIRST_TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
    }
    check_pending(&stuck);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(stuck_event));
    check_succeeded(&stuck);
    CHECK_EQUAL(disk_state().given_up, 0);
    for (int i = 0; i < SCRIPTED_DISKS; i++)
        CloseHandle(disks[i]);
    CloseHandle(event);
    CloseHandle(stuck_event);
}

static void a_reset_does_not_wait_for_what_it_is_to_free(void)
{
    static const DWORD codes[] = {IOCTL_STORAGE_BREAK_RESERVATION, IOCTL_STORAGE_RESET_BUS};
    static BYTE address[8] = {8};
    static struct in_flight requests[2];
    HANDLE disk = open_overlapped(1), events[2] = {new_event(), new_event()}, event = new_event();

    disk_script(&busy_disk);
    for (int i = 0; i < 2; i++)
        start(&requests[i], disk, events[i], (WORD)(FIRST_TAG + i));
    CHECK(disk_has_begun(1, 1));
    for (size_t i = 0; i < ARRAYSIZE(codes); i++) {
        OVERLAPPED overlapped = {.hEvent = event};

        CHECK(
            !DeviceIoControl(disk, codes[i], address, sizeof(address), NULL, 0, NULL, &overlapped));
        CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
        CHECK(gets_signalled(event));
        CHECK_EQUAL(overlapped.Internal, 0);
        CHECK_EQUAL(disk_state().resets, i + 1);
    }
    check_pending(&requests[0]);
    check_pending(&requests[1]);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < 2; i++) {
        CHECK(gets_signalled(events[i]));
        check_succeeded(&requests[i]);
        CloseHandle(events[i]);
    }
    CHECK_EQUAL(disk_state().given_up, 0);
    CloseHandle(event);
    CloseHandle(disk);
}

/* Started in a thread: a request that waits, because it has no OVERLAPPED. */
static DWORD WINAPI ask_and_wait(void *disk)
{
    DWORD returned = 0;
    BYTE command[PR_IN_LENGTH] = {12, [4] = 12, [10] = FIRST_TAG + 1}, output[2 * FIRST_TAG];

    return (DWORD)DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, command,
                                  sizeof(command), output, sizeof(output), &returned, NULL) &&
           returned == REQUEST_BYTES;
}

static DWORD result_of(HANDLE thread)
{
    DWORD result = 0;

    CHECK_EQUAL(WaitForSingleObject(thread, patience_ms()), WAIT_OBJECT_0);
    GetExitCodeThread(thread, &result);
    CloseHandle(thread);
    return result;
}

/* Nobody could tell in which order two threads have asked. */
static void a_request_whose_caller_waits_goes_at_once(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), event = new_event(), thread;

    disk_script(&busy_disk);
    start(&request, disk, event, FIRST_TAG);
    CHECK(disk_has_begun(1, 1));
    thread = CreateThread(NULL, 0, ask_and_wait, disk, 0, NULL);
    CHECK(disk_has_begun(1, 2));
    check_pending(&request);
    disk_admit(1, ALL_COMMANDS);
    CHECK_EQUAL(result_of(thread), TRUE);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    CHECK_EQUAL(disk_state().given_up, 0);
    CloseHandle(event);
    CloseHandle(disk);
}

static void threads_on_one_synchronous_handle_are_all_served(void)
{
    struct scripted_disk slow = ready_disk;
    HANDLE disk = disk_open(GENERIC_READ, 0), threads[8];

    slow.delay_ms = 10;
    disk_script(&slow);
    for (size_t i = 0; i < ARRAYSIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, ask_and_wait, disk, 0, NULL);
    for (size_t i = 0; i < ARRAYSIZE(threads); i++)
        CHECK_EQUAL(result_of(threads[i]), TRUE);
    CHECK_EQUAL(disk_state().commands, ARRAYSIZE(threads));
    CHECK_EQUAL(disk_state().running, 0);
    CloseHandle(disk);
}

/* Bounded by memory, not by a pool: windows-behaviour knows no limit. */
static void a_thousand_requests_are_in_flight_on_one_handle(void)
{
    static struct in_flight requests[MANY];
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, 7);

    disk_script(&busy_disk);
    for (int i = 0; i < MANY; i++)
        start(&requests[i], disk, NULL, (WORD)(FIRST_TAG + i));
    CHECK(disk_has_begun(1, 1));
    for (int i = 0; i < MANY; i++)
        if (requests[i].overlapped.Internal != REQUEST_PENDING)
            check_pending(&requests[i]);
    disk_admit(1, ALL_COMMANDS);
    for (int i = 0; i < MANY; i++)
        check_packet(port, 7, &requests[i]);
    check_no_packet(port);
    check_order(MANY);
    CloseHandle(disk);
    CloseHandle(port);
}

const struct test_case order_cases[] = {
    TEST(requests_are_carried_out_as_they_were_submitted),
    TEST(a_duplicate_waits_its_turn_behind_the_original),
    TEST(two_handles_of_one_disk_do_not_wait_for_each_other),
    TEST(one_disk_that_hangs_holds_up_no_other),
    TEST(a_reset_does_not_wait_for_what_it_is_to_free),
    TEST(a_request_whose_caller_waits_goes_at_once),
    TEST(threads_on_one_synchronous_handle_are_all_served),
    TEST(a_thousand_requests_are_in_flight_on_one_handle),
    {NULL, NULL},
};
