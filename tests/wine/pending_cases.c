/* Requests that the device keeps waiting: what the caller sees before the end, and at it; and the
 * event that tells of it.
 * Source: windows-behaviour 2.1 (the event is referenced by the I/O manager, before any driver is
 * asked), 2.8, 2.9; GetOverlappedResult, GetOverlappedResultEx and DeviceIoControl in the SDK. */
#include "in_flight.h"

#include <winioctl.h>

static void a_request_is_pending_while_the_device_is_busy(void)
{
    static struct in_flight request;
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL), disk = open_first_disk();
    DWORD bytes = PRESET_RETURNED;

    disk_script(&busy_disk);
    start(&request, disk, event, 64);
    check_pending(&request);
    CHECK(!is_signalled(event)); /* it was: the I/O manager clears it */
    CHECK(disk_has_begun(1, 1));
    check_pending(&request);
    CHECK(!is_signalled(event));
    CHECK(!GetOverlappedResult(disk, &request.overlapped, &bytes, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_IO_INCOMPLETE);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    CHECK_EQUAL(request.returned, 0);
    CHECK(GetOverlappedResult(disk, &request.overlapped, &bytes, FALSE));
    CHECK_EQUAL(bytes, REQUEST_BYTES);
    CHECK_EQUAL(disk_state().given_up, 0);
    CloseHandle(event);
    CloseHandle(disk);
}

static void a_refusal_by_the_device_comes_at_the_end(void)
{
    static struct in_flight request;
    struct scripted_disk conflict = busy_disk;
    HANDLE event = new_event(), disk = open_first_disk();
    DWORD bytes = PRESET_RETURNED;

    conflict.status = 0x18;
    conflict.failures = 1;
    disk_script(&conflict);
    start(&request, disk, event, 64);
    check_pending(&request);
    disk_admit(1, ALL_COMMANDS);
    CHECK(!GetOverlappedResult(disk, &request.overlapped, &bytes, TRUE));
    CHECK_EQUAL(GetLastError(), ERROR_BUSY);
    CHECK_EQUAL(request.overlapped.Internal, 0x80000011);
    CHECK_EQUAL(request.overlapped.InternalHigh, 0);
    CHECK_EQUAL(request.output[0], PRESET_BYTE);
    CHECK(gets_signalled(event));
    CloseHandle(event);
    CloseHandle(disk);
}

static void a_wait_with_a_limit_ends_at_it_and_a_later_one_succeeds(void)
{
    static struct in_flight request;
    HANDLE event = new_event(), disk = open_first_disk();
    DWORD bytes = 0;

    disk_script(&busy_disk);
    start(&request, disk, event, 64);
    CHECK(!GetOverlappedResultEx(disk, &request.overlapped, &bytes, 0, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_IO_INCOMPLETE);
    CHECK(!GetOverlappedResultEx(disk, &request.overlapped, &bytes, 50, FALSE));
    CHECK_EQUAL(GetLastError(), WAIT_TIMEOUT);
    check_pending(&request);
    disk_admit(1, ALL_COMMANDS);
    CHECK(GetOverlappedResultEx(disk, &request.overlapped, &bytes, patience_ms(), FALSE));
    CHECK_EQUAL(bytes, REQUEST_BYTES);
    check_succeeded(&request);
    CloseHandle(event);
    CloseHandle(disk);
}

static void several_requests_may_share_an_event(void)
{
    static struct in_flight requests[3];
    HANDLE event = new_event(), disk = open_first_disk();

    disk_script(&busy_disk);
    for (int i = 0; i < 3; i++)
        start(&requests[i], disk, event, (WORD)(64 + i));
    disk_admit(1, 1);
    CHECK(gets_signalled(event)); /* by the first, and it says nothing of the others */
    check_succeeded(&requests[0]);
    check_pending(&requests[1]);
    check_pending(&requests[2]);
    ResetEvent(event);
    disk_admit(1, 2);
    CHECK(gets_signalled(event));
    check_succeeded(&requests[1]);
    check_pending(&requests[2]);
    disk_admit(1, ALL_COMMANDS);
    while (requests[2].overlapped.Internal == REQUEST_PENDING && disk_state().given_up == 0)
        Sleep(1);
    check_succeeded(&requests[2]);
    CHECK(gets_signalled(event));
    CloseHandle(event);
    CloseHandle(disk);
}

static void an_event_of_automatic_reset_lets_one_waiter_pass(void)
{
    static struct in_flight request;
    HANDLE event = CreateEventW(NULL, FALSE, TRUE, NULL), disk = open_first_disk();

    disk_script(&busy_disk);
    start(&request, disk, event, 64);
    CHECK(!is_signalled(event));
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    CHECK(!is_signalled(event));
    check_succeeded(&request);
    CloseHandle(event);
    CloseHandle(disk);
}

static void the_low_bit_of_the_event_does_not_hinder_a_wait(void)
{
    static struct in_flight request;
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL), disk = open_first_disk();
    DWORD bytes = 0;

    disk_script(&busy_disk);
    start(&request, disk, (HANDLE)((ULONG_PTR)event | 1), 64);
    check_pending(&request);
    CHECK(!is_signalled(event));
    disk_admit(1, ALL_COMMANDS);
    CHECK(GetOverlappedResult(disk, &request.overlapped, &bytes, TRUE));
    CHECK_EQUAL(bytes, REQUEST_BYTES);
    CHECK(gets_signalled(event));
    CloseHandle(event);
    CloseHandle(disk);
}

/* Where nothing could be waited on: a file handle under Wine is always signalled, so the request is
 * at its end before DeviceIoControl returns, and still says "pending", as on Windows. */
static void without_event_and_port_the_end_is_there_at_return(void)
{
    static struct in_flight request;
    struct scripted_disk slow = ready_disk;
    HANDLE disk = open_first_disk();
    DWORD bytes = 0;

    slow.delay_ms = 100;
    disk_script(&slow);
    start(&request, disk, NULL, 64);
    check_succeeded(&request);
    CHECK(GetOverlappedResult(disk, &request.overlapped, &bytes, FALSE));
    CHECK_EQUAL(bytes, REQUEST_BYTES);
    CloseHandle(disk);
}

static void bytes_returned_is_not_needed(void)
{
    HANDLE event = new_event(), disk = open_first_disk();
    OVERLAPPED overlapped = {.hEvent = event};

    disk_script(&busy_disk);
    CHECK(!DeviceIoControl(disk, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL, &overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    CHECK_EQUAL(overlapped.Internal, 0);
    CloseHandle(event);
    CloseHandle(disk);
}

static HANDLE closed_handle(void)
{
    HANDLE event = new_event();

    CloseHandle(event);
    return event;
}

static HANDLE event_that_cannot_be_set(void)
{
    HANDLE event = new_event(), weak = NULL;

    DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &weak, SYNCHRONIZE, FALSE, 0);
    CloseHandle(event);
    return weak;
}

/* The event is referenced after the handle's access has been checked and before anything is asked
 * of the request: windows-behaviour 2.1, steps 4 and 5. */
static void what_cannot_be_signalled_is_refused_at_once(void)
{
    const struct {
        HANDLE event;
        DWORD error;
    } rows[] = {
        {closed_handle(), ERROR_INVALID_HANDLE},
        {(HANDLE)(ULONG_PTR)0x7ffffff0, ERROR_INVALID_HANDLE},
        {GetCurrentProcess(), ERROR_INVALID_HANDLE},
        {CreateMutexW(NULL, FALSE, NULL), ERROR_INVALID_HANDLE},
        {CreateSemaphoreW(NULL, 0, 9, NULL), ERROR_INVALID_HANDLE},
        {disk_open(GENERIC_READ, 0), ERROR_INVALID_HANDLE},
        {event_that_cannot_be_set(), ERROR_ACCESS_DENIED},
    };
    static const DWORD flags[] = {0, FILE_FLAG_OVERLAPPED};
    static struct in_flight request;

    disk_script(&ready_disk);
    for (size_t i = 0; i < 2 * ARRAYSIZE(rows); i++) {
        HANDLE disk = disk_open(GENERIC_READ, flags[i % 2]);

        start(&request, disk, rows[i / 2].event, 64);
        check_refused(&request, rows[i / 2].error);
        start(&request, disk, rows[i / 2].event, 4); /* too short an allocation length, besides */
        check_refused(&request, rows[i / 2].error);
        CloseHandle(disk);
    }
    CHECK_EQUAL(disk_state().commands, 0);
    for (size_t i = 3; i < ARRAYSIZE(rows); i++)
        CloseHandle(rows[i].event);
}

/* windows-behaviour 2.1: access, step 4, comes first. */
static void a_handle_without_access_is_refused_for_that_first(void)
{
    static struct in_flight request;
    HANDLE disk = disk_open(GENERIC_WRITE, FILE_FLAG_OVERLAPPED);

    disk_script(&ready_disk);
    start(&request, disk, closed_handle(), 64);
    check_refused(&request, ERROR_ACCESS_DENIED);
    CHECK_EQUAL(disk_state().commands, 0);
    CloseHandle(disk);
}

/* The I/O manager holds the event itself, not its handle. */
static void the_event_is_the_one_of_the_start_whatever_its_handle_is_now(void)
{
    static struct in_flight request;
    HANDLE disk = open_first_disk(), event = open_aside(new_event), same = NULL, other;

    disk_script(&busy_disk);
    DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &same, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    start(&request, disk, event, 64);
    CHECK(disk_has_begun(1, 1));
    CloseHandle(event);
    other = open_as(event, new_event);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(same));
    CHECK(!is_signalled(other));
    check_succeeded(&request);
    CloseHandle(other);
    CloseHandle(same);
    CloseHandle(disk);
}

/* The event is taken from the OVERLAPPED at the start. */
static void an_event_that_is_put_in_later_is_not_set(void)
{
    static struct in_flight request;
    HANDLE disk = open_first_disk(), event = new_event(), other = new_event();

    disk_script(&busy_disk);
    start(&request, disk, event, 64);
    request.overlapped.hEvent = other;
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    CHECK(!is_signalled(other));
    CloseHandle(other);
    CloseHandle(event);
    CloseHandle(disk);
}

/* A mistake of the program's, and its own: both commands are sent, and nothing else suffers. */
static void one_overlapped_for_two_requests_harms_nobody_else(void)
{
    static struct in_flight twice, request;
    HANDLE disk = open_first_disk(), event = new_event();

    disk_script(&busy_disk);
    start(&twice, disk, event, 64);
    start(&twice, disk, event, 65);
    disk_admit(1, ALL_COMMANDS);
    CHECK(disk_has_begun(1, 2));
    CHECK(gets_signalled(event));
    check_succeeded(&twice);
    CloseHandle(event);
    event = new_event();
    start(&request, disk, event, 66); /* in the same lane, so the two have ended with it */
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    CHECK_EQUAL(disk_state().commands, 3);
    CloseHandle(event);
    CloseHandle(disk);
}

const struct test_case pending_cases[] = {
    TEST(a_request_is_pending_while_the_device_is_busy),
    TEST(a_refusal_by_the_device_comes_at_the_end),
    TEST(a_wait_with_a_limit_ends_at_it_and_a_later_one_succeeds),
    TEST(several_requests_may_share_an_event),
    TEST(an_event_of_automatic_reset_lets_one_waiter_pass),
    TEST(the_low_bit_of_the_event_does_not_hinder_a_wait),
    TEST(without_event_and_port_the_end_is_there_at_return),
    TEST(bytes_returned_is_not_needed),
    TEST(what_cannot_be_signalled_is_refused_at_once),
    TEST(a_handle_without_access_is_refused_for_that_first),
    TEST(the_event_is_the_one_of_the_start_whatever_its_handle_is_now),
    TEST(an_event_that_is_put_in_later_is_not_set),
    TEST(one_overlapped_for_two_requests_harms_nobody_else),
    {NULL, NULL},
};
