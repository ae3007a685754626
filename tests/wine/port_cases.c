/* Completion packets: for which requests, and what is in them.
 * Source: windows-behaviour 2.8 (the order of IOSB, event and packet; an error that was not pended
 * queues nothing) and 2.9 (low bit of hEvent, completion modes); CreateIoCompletionPort,
 * GetQueuedCompletionStatus(Ex) in the SDK. */
#include "in_flight.h"

#include <winioctl.h>

enum { KEY = 0x1234, STATUS_BUSY_WARNING = (int)0x80000011, TAG = 64 };

static void a_tie_made_before_the_first_request_brings_its_packet(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);

    disk_script(&busy_disk);
    start(&request, disk, NULL, TAG);
    check_pending(&request);
    check_no_packet(port);
    disk_admit(1, ALL_COMMANDS);
    check_packet(port, KEY, &request);
    check_no_packet(port); /* one each */
    CloseHandle(disk);
    CloseHandle(port);
}

static void a_tie_made_after_a_request_counts_from_then_on(void)
{
    static struct in_flight before, after;
    HANDLE disk = open_overlapped(1), event = new_event(), port;

    disk_script(&ready_disk);
    start(&before, disk, event, TAG);
    CHECK(gets_signalled(event));
    port = tie(disk, NULL, KEY);
    start(&after, disk, NULL, TAG);
    check_packet(port, KEY, &after);
    check_no_packet(port);
    CloseHandle(disk);
    CloseHandle(event);
    CloseHandle(port);
}

/* The I/O manager looks for a port when the request ends. */
static void a_tie_made_while_a_request_is_in_flight_brings_its_packet(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), event = new_event(), port;

    disk_script(&busy_disk);
    start(&request, disk, event, TAG);
    CHECK(disk_has_begun(1, 1));
    port = tie(disk, NULL, KEY);
    disk_admit(1, ALL_COMMANDS);
    check_packet(port, KEY, &request);
    CHECK(is_signalled(event));
    CloseHandle(disk);
    CloseHandle(event);
    CloseHandle(port);
}

static void one_port_serves_several_disks_each_with_its_key(void)
{
    static struct in_flight requests[SCRIPTED_DISKS];
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0), disks[SCRIPTED_DISKS];

    for (int i = 0; i < SCRIPTED_DISKS; i++) {
        numbered_disk_script(i + 1, &busy_disk);
        disks[i] = open_overlapped(i + 1);
        CHECK(tie(disks[i], port, (ULONG_PTR)KEY + i) == port);
        start(&requests[i], disks[i], NULL, TAG);
    }
    for (int i = SCRIPTED_DISKS - 1; i >= 0; i--) {
        check_no_packet(port);
        disk_admit(i + 1, ALL_COMMANDS);
        check_packet(port, (ULONG_PTR)KEY + i, &requests[i]);
        CHECK_EQUAL(numbered_disk_state(i + 1).commands, 1);
        CloseHandle(disks[i]);
    }
    CloseHandle(port);
}

static void the_packet_of_a_refusal_by_the_device_carries_it(void)
{
    struct scripted_disk conflict = ready_disk;
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);
    struct packet packet;
    OVERLAPPED_ENTRY entry = {0};
    ULONG count = 0;

    conflict.status = 0x18;
    conflict.failures = 99;
    disk_script(&conflict);
    start(&request, disk, NULL, TAG);
    CHECK_EQUAL(request.last_error, ERROR_IO_PENDING);
    packet = take_packet(port, patience_ms());
    CHECK(packet.taken && !packet.result);
    CHECK_EQUAL(packet.last_error, ERROR_BUSY);
    CHECK_EQUAL(packet.key, KEY);
    CHECK_EQUAL(packet.bytes, 0);
    CHECK(packet.overlapped == &request.overlapped);
    start(&request, disk, NULL, TAG);
    CHECK(GetQueuedCompletionStatusEx(port, &entry, 1, &count, patience_ms(), FALSE));
    CHECK_EQUAL(count, 1);
    CHECK_EQUAL((int)entry.Internal, STATUS_BUSY_WARNING);
    CHECK_EQUAL(entry.lpCompletionKey, KEY);
    CHECK_EQUAL(entry.dwNumberOfBytesTransferred, 0);
    CHECK(entry.lpOverlapped == &request.overlapped);
    CHECK_EQUAL(request.output[0], PRESET_BYTE);
    CloseHandle(disk);
    CloseHandle(port);
}

/* An error of the device, not only a warning: it was pended, so it queues. */
static void the_packet_of_an_error_of_the_device_carries_it(void)
{
    static const struct scripted_disk medium_error = {
        .status = 2, .failures = 99, .sense_length = 18, .sense = {0x70, 0, 3}};
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);
    struct packet packet;

    disk_script(&medium_error);
    start(&request, disk, NULL, TAG);
    CHECK_EQUAL(request.last_error, ERROR_IO_PENDING);
    packet = take_packet(port, patience_ms());
    CHECK(packet.taken && !packet.result);
    CHECK_EQUAL(packet.last_error, ERROR_CRC);
    CHECK_EQUAL(request.overlapped.InternalHigh, 0);
    CloseHandle(disk);
    CloseHandle(port);
}

static void a_refused_request_never_queues_a_packet(void)
{
    static const struct {
        DWORD access;
        HANDLE event;
        WORD tag;
        DWORD error;
    } rows[] = {
        {GENERIC_READ, NULL, 4, ERROR_INVALID_PARAMETER},
        {GENERIC_READ, NULL, REQUEST_ROOM + 1, ERROR_INVALID_PARAMETER},
        {GENERIC_WRITE, NULL, TAG, ERROR_ACCESS_DENIED},
        {GENERIC_READ, (HANDLE)(ULONG_PTR)0x7ffffff0, TAG, ERROR_INVALID_HANDLE},
    };
    static struct in_flight request;

    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        HANDLE disk = disk_open(rows[i].access, FILE_FLAG_OVERLAPPED);
        HANDLE port = tie(disk, NULL, KEY);

        start(&request, disk, rows[i].event, rows[i].tag);
        check_refused(&request, rows[i].error);
        check_no_packet(port);
        CloseHandle(disk);
        CloseHandle(port);
    }
    CHECK_EQUAL(disk_state().commands, 0);
}

static void the_low_bit_of_the_event_means_event_and_no_packet(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), event = new_event();

    disk_script(&ready_disk);
    start(&request, disk, (HANDLE)((ULONG_PTR)event | 1), TAG);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    check_no_packet(port);
    start(&request, disk, event, TAG);
    check_packet(port, KEY, &request);
    CHECK(is_signalled(event));
    CloseHandle(disk);
    CloseHandle(event);
    CloseHandle(port);
}

static void the_completion_modes_take_no_packet_from_a_pended_request(void)
{
    static const UCHAR modes[] = {
        FILE_SKIP_COMPLETION_PORT_ON_SUCCESS, FILE_SKIP_SET_EVENT_ON_HANDLE,
        FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE};
    static struct in_flight request;

    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(modes); i++) {
        HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), event = new_event();

        CHECK(SetFileCompletionNotificationModes(disk, modes[i]));
        start(&request, disk, NULL, TAG);
        check_packet(port, KEY, &request);
        start(&request, disk, event, TAG); /* not the handle's own event, so it is set */
        check_packet(port, KEY, &request);
        CHECK(is_signalled(event));
        check_no_packet(port);
        CloseHandle(disk);
        CloseHandle(event);
        CloseHandle(port);
    }
}

/* What a program may have waited for is true when it goes on: with Internal comes InternalHigh and
 * the output; with the event both; with the packet all three. */
static void the_order_is_bytes_status_event_packet(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY), event = new_event();

    disk_script(&ready_disk);
    for (int round = 0; round < 300; round++) {
        start(&request, disk, event, TAG);
        if (round % 3 == 0)
            while (!HasOverlappedIoCompleted(&request.overlapped))
                YieldProcessor();
        if (round % 3 == 1)
            CHECK(gets_signalled(event));
        if (round % 3 != 2)
            check_succeeded(&request);
        check_packet(port, KEY, &request);
        CHECK(is_signalled(event));
    }
    CloseHandle(disk);
    CloseHandle(event);
    CloseHandle(port);
}

/* hEvent NULL with a port: truly asynchronous, and a wait waits although the file handle that Wine
 * waits on is always signalled. */
static void a_wait_without_event_waits_for_the_real_end(void)
{
    static struct in_flight request;
    struct scripted_disk slow = ready_disk;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);
    DWORD bytes = 0;

    slow.delay_ms = 300;
    disk_script(&slow);
    start(&request, disk, NULL, TAG);
    check_pending(&request);
    CHECK(!GetOverlappedResult(disk, &request.overlapped, &bytes, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_IO_INCOMPLETE);
    CHECK(GetOverlappedResult(disk, &request.overlapped, &bytes, TRUE));
    CHECK_EQUAL(bytes, REQUEST_BYTES);
    check_packet(port, KEY, &request);
    disk_script(&busy_disk);
    start(&request, disk, NULL, TAG);
    CHECK(!GetOverlappedResultEx(disk, &request.overlapped, &bytes, 50, FALSE));
    CHECK_EQUAL(GetLastError(), WAIT_TIMEOUT);
    disk_admit(1, ALL_COMMANDS);
    CHECK(GetOverlappedResultEx(disk, &request.overlapped, &bytes, patience_ms(), FALSE));
    CHECK_EQUAL(bytes, REQUEST_BYTES);
    check_packet(port, KEY, &request);
    CloseHandle(disk);
    CloseHandle(port);
}

static void CALLBACK do_nothing(ULONG_PTR unused)
{
    (void)unused;
}

/* GetOverlappedResultEx, bAlertable. */
static void a_wait_without_event_lets_the_programs_own_calls_in(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);
    DWORD bytes = 0;

    disk_script(&busy_disk);
    start(&request, disk, NULL, TAG);
    QueueUserAPC(do_nothing, GetCurrentThread(), 0);
    CHECK(!GetOverlappedResultEx(disk, &request.overlapped, &bytes, patience_ms(), TRUE));
    CHECK_EQUAL(GetLastError(), WAIT_IO_COMPLETION);
    check_pending(&request);
    disk_admit(1, ALL_COMMANDS);
    check_packet(port, KEY, &request);
    CloseHandle(disk);
    CloseHandle(port);
}

static void a_request_without_overlapped_queues_nothing(void)
{
    HANDLE disk = open_overlapped(1), port = tie(disk, NULL, KEY);
    DWORD returned;

    disk_script(&ready_disk);
    CHECK(DeviceIoControl(disk, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL));
    check_no_packet(port);
    CloseHandle(disk);
    CloseHandle(port);
}

/* The OVERLAPPED decides that a packet is queued, the handle that it can be: a synchronous one
 * takes no port. */
static void a_synchronous_handle_takes_no_port(void)
{
    static struct in_flight request;
    HANDLE disk = disk_open(GENERIC_READ, 0);
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);

    disk_script(&ready_disk);
    CHECK(CreateIoCompletionPort(disk, port, KEY, 0) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    start(&request, disk, NULL, TAG);
    CHECK(request.result);
    CHECK_EQUAL(request.returned, REQUEST_BYTES);
    check_no_packet(port);
    CloseHandle(disk);
    CloseHandle(port);
}

const struct test_case port_cases[] = {
    TEST(a_tie_made_before_the_first_request_brings_its_packet),
    TEST(a_tie_made_after_a_request_counts_from_then_on),
    TEST(a_tie_made_while_a_request_is_in_flight_brings_its_packet),
    TEST(one_port_serves_several_disks_each_with_its_key),
    TEST(the_packet_of_a_refusal_by_the_device_carries_it),
    TEST(the_packet_of_an_error_of_the_device_carries_it),
    TEST(a_refused_request_never_queues_a_packet),
    TEST(the_low_bit_of_the_event_means_event_and_no_packet),
    TEST(the_completion_modes_take_no_packet_from_a_pended_request),
    TEST(the_order_is_bytes_status_event_packet),
    TEST(a_wait_without_event_waits_for_the_real_end),
    TEST(a_wait_without_event_lets_the_programs_own_calls_in),
    TEST(a_request_without_overlapped_queues_nothing),
    TEST(a_synchronous_handle_takes_no_port),
    {NULL, NULL},
};
