/* Requests with an OVERLAPPED, and everything by which a program may hear of their end. */
#include "cases.h"

#include <string.h>

enum { BYTES = 8, KEY = 77 }; /* of a list without keys */

static OVERLAPPED overlapped;
static BYTE keys[KEYS_LENGTH];

static HANDLE new_event(void)
{
    return CreateEventA(NULL, TRUE, FALSE, NULL);
}

static void start(HANDLE disk, HANDLE event)
{
    PERSISTENT_RESERVE_COMMAND command = keys_command();
    DWORD bytes = 7777;

    memset(keys, 0xee, sizeof(keys));
    overlapped = (OVERLAPPED){.hEvent = event};
    CHECK(!DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, sizeof(command),
                           keys, sizeof(keys), &bytes, &overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK_EQUAL(bytes, 0);
}

static void check_ended(void)
{
    CHECK_EQUAL(overlapped.Internal, 0);
    CHECK_EQUAL(overlapped.InternalHigh, BYTES);
    CHECK_EQUAL(keys[7], 0);
    CHECK_EQUAL(keys[8], 0xee);
}

static void the_event_is_set(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED), event = new_event();
    DWORD bytes = 0;

    start(disk, event);
    CHECK_EQUAL(WaitForSingleObject(event, patience_ms()), WAIT_OBJECT_0);
    check_ended();
    CHECK(GetOverlappedResult(disk, &overlapped, &bytes, FALSE));
    CHECK_EQUAL(bytes, BYTES);
    CloseHandle(event);
    CloseHandle(disk);
}

static void the_result_is_waited_for_without_an_event(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED);
    DWORD bytes = 0;

    start(disk, NULL);
    CHECK(GetOverlappedResult(disk, &overlapped, &bytes, TRUE));
    CHECK_EQUAL(bytes, BYTES);
    check_ended();
    CloseHandle(disk);
}

static void expect_packet(HANDLE port)
{
    OVERLAPPED *taken = NULL;
    ULONG_PTR key = 0;
    DWORD bytes = 0;

    CHECK(GetQueuedCompletionStatus(port, &bytes, &key, &taken, patience_ms()));
    CHECK_EQUAL(bytes, BYTES);
    CHECK_EQUAL(key, KEY);
    CHECK(taken == &overlapped);
    if (taken)
        check_ended();
    CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &taken, 50));
}

static void a_port_gets_the_packet(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED);
    HANDLE port = CreateIoCompletionPort(disk, NULL, KEY, 0);

    CHECK(port != NULL);
    start(disk, NULL);
    expect_packet(port);
    CloseHandle(port);
    CloseHandle(disk);
}

/* Who waits for the OVERLAPPED waits for the request, though the file is signalled all the time. */
static void the_result_is_waited_for_on_a_bound_file(void)
{
    enum { TIMES = 20 };
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED);
    HANDLE port = CreateIoCompletionPort(disk, NULL, KEY, 0);
    DWORD bytes;

    for (int i = 0; i < TIMES; i++) {
        start(disk, NULL);
        CHECK(GetOverlappedResult(disk, &overlapped, &bytes, TRUE));
        CHECK_EQUAL(bytes, BYTES);
        expect_packet(port);
    }
    CloseHandle(port);
    CloseHandle(disk);
}

enum { MANY = 16 };

static HANDLE open_a_port(void)
{
    return CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
}

static HANDLE open_a_disk(void)
{
    return open_node(1, FILE_FLAG_OVERLAPPED);
}

/* A handle with the value of one that was closed. A worker that is late may have freed a lower one,
 * which is then given out first. */
static HANDLE open_as(HANDLE value, HANDLE (*open)(void))
{
    HANDLE others[MANY], opened = NULL;
    int count = 0;

    while (count < MANY && (opened = open()) != value)
        others[count++] = opened;
    CHECK(opened == value);
    while (count > 0)
        CloseHandle(others[--count]);
    return opened;
}

static void take_values(HANDLE values[MANY])
{
    for (int i = 0; i < MANY; i++)
        values[i] = new_event();
    for (int i = 0; i < MANY; i++)
        CloseHandle(values[i]);
}

/* Values are given out from the lowest on: a handle that is kept anywhere shows. */
static bool keeps_a_handle(void)
{
    HANDLE before[MANY], after[MANY], disk, copy;

    take_values(before);
    for (int i = 0; i < 8; i++) {
        disk = open_node(1, FILE_FLAG_OVERLAPPED);
        copy = NULL;
        CHECK(DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &copy, 0, FALSE,
                              DUPLICATE_SAME_ACCESS));
        CHECK(CloseHandle(CreateIoCompletionPort(disk, NULL, KEY, 0)));
        CHECK(CloseHandle(disk));
        CHECK(CloseHandle(copy));
    }
    take_values(after);
    return memcmp(before, after, sizeof(before)) != 0;
}

/* A worker of the case before may still be closing its own handles. */
static void nothing_is_kept_of_closed_handles(void)
{
    const DWORD began = GetTickCount();
    bool keeps;

    do
        keeps = keeps_a_handle();
    while (keeps && GetTickCount() - began < patience_ms());
    CHECK(!keeps);
}

static void the_port_of_a_copy_gets_the_packet(void)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0), copy = NULL;
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED);

    CHECK(CreateIoCompletionPort(disk, port, KEY, 0) == port);
    CHECK(DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &copy, 0, FALSE,
                          DUPLICATE_SAME_ACCESS));
    CHECK(CloseHandle(disk));
    start(copy, NULL);
    expect_packet(port);
    CloseHandle(copy);
    CloseHandle(port);
}

/* A request on `disk` ends, and `port` does not hear of it. */
static void check_unheard(HANDLE disk, HANDLE event, HANDLE port)
{
    OVERLAPPED *taken;
    ULONG_PTR key;
    DWORD bytes;

    start(disk, event);
    CHECK_EQUAL(WaitForSingleObject(event, patience_ms()), WAIT_OBJECT_0);
    CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &taken, 50));
}

/* The value of the closed port's handle now means another port, which never heard of the disk. */
static void a_closed_ports_packets_go_nowhere(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED), event = new_event(), other;
    HANDLE port = CreateIoCompletionPort(disk, NULL, KEY, 0);

    CHECK(CloseHandle(port));
    other = open_as(port, open_a_port);
    check_unheard(disk, event, other);
    CloseHandle(other);
    CloseHandle(event);
    CloseHandle(disk);
}

/* The value comes back for a disk that is bound to nothing. */
static void a_new_handle_of_the_same_value_has_no_port(void)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0), again;
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED), event = new_event();

    CHECK(CreateIoCompletionPort(disk, port, KEY, 0) == port);
    CloseHandle(disk);
    again = open_as(disk, open_a_disk);
    check_unheard(again, event, port);
    CloseHandle(again);
    CloseHandle(event);
    CloseHandle(port);
}

/* The same where nobody has seen the close: the system is asked whether there is a port. */
static void an_unseen_close_is_found_out(void)
{
    typedef LONG(NTAPI * close_function)(HANDLE);
    const close_function close =
        (close_function)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtClose");
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0), again;
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED), event = new_event();

    CHECK(CreateIoCompletionPort(disk, port, KEY, 0) == port);
    CHECK_EQUAL(close(disk), 0);
    again = open_as(disk, open_a_disk);
    check_unheard(again, event, port);
    CloseHandle(again);
    CloseHandle(event);
    CloseHandle(port);
}

static struct {
    HANDLE called;
    DWORD error, bytes;
    OVERLAPPED *overlapped;
} heard;

static void CALLBACK hear(DWORD error, DWORD bytes, OVERLAPPED *of)
{
    heard.error = error;
    heard.bytes = bytes;
    heard.overlapped = of;
    SetEvent(heard.called);
}

/* cppcheck-suppress constParameter; Windows fixes the signature */
static void CALLBACK hear_in_pool(TP_CALLBACK_INSTANCE *instance, void *context, void *of,
                                  ULONG error, ULONG_PTR bytes, TP_IO *io)
{
    (void)instance;
    (void)io;
    CHECK(context == &heard);
    hear(error, (DWORD)bytes, of);
}

static void expect_call(void)
{
    CHECK_EQUAL(WaitForSingleObject(heard.called, patience_ms()), WAIT_OBJECT_0);
    CHECK_EQUAL(heard.error, 0);
    CHECK_EQUAL(heard.bytes, BYTES);
    CHECK(heard.overlapped == &overlapped);
    check_ended();
}

static void a_bound_routine_is_called(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED);

    heard.called = CreateEventA(NULL, FALSE, FALSE, NULL);
    CHECK(BindIoCompletionCallback(disk, hear, 0));
    start(disk, NULL);
    expect_call();
    start(disk, NULL);
    expect_call();
    CloseHandle(disk);
    CloseHandle(heard.called);
}

static void a_thread_pools_routine_is_called(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED);
    TP_IO *io = CreateThreadpoolIo(disk, hear_in_pool, &heard, NULL);

    heard.called = CreateEventA(NULL, FALSE, FALSE, NULL);
    CHECK(io != NULL);
    for (int i = 0; io && i < 2; i++) {
        StartThreadpoolIo(io);
        start(disk, NULL);
        expect_call();
    }
    if (io) {
        WaitForThreadpoolIoCallbacks(io, FALSE);
        CloseThreadpoolIo(io);
    }
    CloseHandle(disk);
    CloseHandle(heard.called);
}

/* What the device refuses reaches the routine as Windows' error, without bytes. */
static void a_routine_hears_of_failures(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED), other = open_node(2, 0);

    CHECK_EQUAL(control(other, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL), 0);
    heard.called = CreateEventA(NULL, FALSE, FALSE, NULL);
    CHECK(BindIoCompletionCallback(disk, hear, 0));
    start(disk, NULL);
    CHECK_EQUAL(WaitForSingleObject(heard.called, patience_ms()), WAIT_OBJECT_0);
    CHECK_EQUAL(heard.error, ERROR_BUSY);
    CHECK_EQUAL(heard.bytes, 0);
    CHECK_EQUAL(control(other, IOCTL_STORAGE_RELEASE, NULL, 0, NULL, 0, NULL), 0);
    CloseHandle(heard.called);
    CloseHandle(other);
    CloseHandle(disk);
}

static void what_is_over_cannot_be_cancelled(void)
{
    HANDLE disk = open_node(1, FILE_FLAG_OVERLAPPED), event = new_event();

    start(disk, event);
    CHECK_EQUAL(WaitForSingleObject(event, patience_ms()), WAIT_OBJECT_0);
    CHECK(!CancelIoEx(disk, &overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_FOUND);
    CloseHandle(event);
    CloseHandle(disk);
}

const struct test_case overlapped_cases[] = {
    TEST(the_event_is_set),
    TEST(the_result_is_waited_for_without_an_event),
    TEST(a_port_gets_the_packet),
    TEST(the_result_is_waited_for_on_a_bound_file),
    TEST(nothing_is_kept_of_closed_handles),
    TEST(the_port_of_a_copy_gets_the_packet),
    TEST(a_closed_ports_packets_go_nowhere),
    TEST(a_new_handle_of_the_same_value_has_no_port),
    TEST(an_unseen_close_is_found_out),
    TEST(a_bound_routine_is_called),
    TEST(a_thread_pools_routine_is_called),
    TEST(a_routine_hears_of_failures),
    TEST(what_is_over_cannot_be_cancelled),
    {NULL, NULL},
};
