/* OVERLAPPED on overlapped and on synchronous handles.
 * Source: windows-behaviour 2.8 and 2.9. */
#include "test.h"

#include <winioctl.h>

enum { PENDING = 0x103 };

static const struct scripted_disk good = {.transferred = 24};
static const struct scripted_disk conflict = {.status = 0x18, .failures = 99};

static struct {
    OVERLAPPED overlapped;
    BYTE output[64];
    DWORD returned;
    BOOL result;
    DWORD last_error;
} io;

/* One READ KEYS with an OVERLAPPED whose every field is preset and whose event is signalled. */
static HANDLE start(DWORD flags, DWORD access, DWORD input_length)
{
    HANDLE disk = disk_open(access, flags);

    io.overlapped = (OVERLAPPED){.Internal = 0xdead, .InternalHigh = 0xbeef};
    io.overlapped.hEvent = CreateEventW(NULL, TRUE, TRUE, NULL);
    io.returned = PRESET_RETURNED;
    SetLastError(PRESET_LAST_ERROR);
    io.result =
        DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, (void *)pr_in_command(64),
                        input_length, io.output, sizeof(io.output), &io.returned, &io.overlapped);
    io.last_error = GetLastError();
    return disk;
}

static void finish(HANDLE disk)
{
    CloseHandle(io.overlapped.hEvent);
    CloseHandle(disk);
}

static bool event_is_signalled(void)
{
    return WaitForSingleObject(io.overlapped.hEvent, 0) == WAIT_OBJECT_0;
}

/* The status comes first, and who sees it does not wait for the event. */
static bool event_gets_signalled(void)
{
    return WaitForSingleObject(io.overlapped.hEvent, patience_ms()) == WAIT_OBJECT_0;
}

static void validation_fails_inline(void)
{
    HANDLE disk;

    disk_script(&good);
    disk = start(FILE_FLAG_OVERLAPPED, GENERIC_READ, PR_IN_LENGTH - 1);
    CHECK(!io.result);
    CHECK_EQUAL(io.last_error, ERROR_BAD_LENGTH);
    CHECK_EQUAL(io.overlapped.Internal, PENDING);
    CHECK(!event_is_signalled());
    CHECK_EQUAL(disk_state().commands, 0);
    finish(disk);
}

static void missing_access_fails_before_the_event_is_touched(void)
{
    HANDLE disk;

    disk_script(&good);
    disk = start(FILE_FLAG_OVERLAPPED, GENERIC_WRITE, PR_IN_LENGTH);
    CHECK(!io.result);
    CHECK_EQUAL(io.last_error, ERROR_ACCESS_DENIED);
    CHECK(event_is_signalled());
    finish(disk);
}

/* windows-behaviour 2.1: the buffers are probed, step 1, before the event is referenced, step 5. */
static void a_bad_buffer_fails_inline_before_the_event_is_touched(void)
{
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED);
    void *bad = VirtualAlloc(NULL, 0x1000, MEM_RESERVE, PAGE_NOACCESS);
    void *const inputs[] = {bad, (void *)pr_in_command(64)};
    void *const outputs[] = {io.output, bad};

    disk_script(&good);
    for (size_t i = 0; i < ARRAYSIZE(inputs); i++) {
        io.overlapped = (OVERLAPPED){.hEvent = CreateEventW(NULL, TRUE, TRUE, NULL)};
        io.returned = PRESET_RETURNED;
        CHECK(!DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, inputs[i], PR_IN_LENGTH,
                               outputs[i], 64, &io.returned, &io.overlapped));
        CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
        CHECK_EQUAL(io.overlapped.Internal, PENDING);
        CHECK_EQUAL(io.returned, 0);
        CHECK(event_is_signalled());
        CloseHandle(io.overlapped.hEvent);
    }
    CHECK_EQUAL(disk_state().commands, 0);
    VirtualFree(bad, 0, MEM_RELEASE);
    CloseHandle(disk);
}

static void what_the_device_grants_is_pending_first(void)
{
    DWORD transferred = 0;
    HANDLE disk;

    disk_script(&good);
    disk = start(FILE_FLAG_OVERLAPPED, GENERIC_READ, PR_IN_LENGTH);
    CHECK(!io.result);
    CHECK_EQUAL(io.last_error, ERROR_IO_PENDING);
    CHECK(GetOverlappedResult(disk, &io.overlapped, &transferred, TRUE));
    CHECK_EQUAL(transferred, 24);
    CHECK_EQUAL(io.overlapped.Internal, 0);
    CHECK(event_gets_signalled());
    finish(disk);
}

static void what_the_device_refuses_is_pending_first(void)
{
    DWORD transferred = 0;
    HANDLE disk;

    disk_script(&conflict);
    disk = start(FILE_FLAG_OVERLAPPED, GENERIC_READ, PR_IN_LENGTH);
    CHECK(!io.result);
    CHECK_EQUAL(io.last_error, ERROR_IO_PENDING);
    CHECK(!GetOverlappedResult(disk, &io.overlapped, &transferred, TRUE));
    CHECK_EQUAL(GetLastError(), ERROR_BUSY);
    CHECK_EQUAL(io.overlapped.Internal, 0x80000011);
    CHECK_EQUAL(io.overlapped.InternalHigh, 0);
    finish(disk);
}

static void a_synchronous_handle_completes_at_once(void)
{
    HANDLE disk;

    disk_script(&good);
    disk = start(0, GENERIC_READ, PR_IN_LENGTH);
    CHECK(io.result);
    CHECK_EQUAL(io.last_error, PRESET_LAST_ERROR);
    CHECK_EQUAL(io.returned, 24);
    CHECK_EQUAL(io.overlapped.Internal, 0);
    CHECK_EQUAL(io.overlapped.InternalHigh, 24);
    CHECK(event_is_signalled());
    finish(disk);
}

static void an_error_on_a_synchronous_handle_does_not_reach_the_overlapped(void)
{
    static const struct scripted_disk medium_error = {
        .status = 2, .failures = 99, .sense_length = 18, .sense = {0x70, 0, 3}};
    HANDLE disk;

    disk_script(&medium_error);
    disk = start(0, GENERIC_READ, PR_IN_LENGTH);
    CHECK(!io.result);
    CHECK_EQUAL(io.last_error, ERROR_CRC);
    CHECK_EQUAL(io.overlapped.Internal, PENDING);
    CHECK(!event_is_signalled());
    finish(disk);
}

static void an_overlapped_handle_without_overlapped_waits(void)
{
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED);
    DWORD returned = PRESET_RETURNED;
    BYTE output[64];

    disk_script(&good);
    CHECK(DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, (void *)pr_in_command(64),
                          PR_IN_LENGTH, output, sizeof(output), &returned, NULL));
    CHECK_EQUAL(returned, 24);
    CloseHandle(disk);
}

static void the_low_bit_of_the_event_is_no_part_of_the_handle(void)
{
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED);
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    OVERLAPPED overlapped = {.hEvent = (HANDLE)((ULONG_PTR)event | 1)};
    DWORD returned;

    disk_script(&good);
    CHECK(!DeviceIoControl(disk, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, &overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK_EQUAL(WaitForSingleObject(event, patience_ms()), WAIT_OBJECT_0);
    CloseHandle(event);
    CloseHandle(disk);
}

const struct test_case overlapped_cases[] = {
    TEST(validation_fails_inline),
    TEST(missing_access_fails_before_the_event_is_touched),
    TEST(a_bad_buffer_fails_inline_before_the_event_is_touched),
    TEST(what_the_device_grants_is_pending_first),
    TEST(what_the_device_refuses_is_pending_first),
    TEST(a_synchronous_handle_completes_at_once),
    TEST(an_error_on_a_synchronous_handle_does_not_reach_the_overlapped),
    TEST(an_overlapped_handle_without_overlapped_waits),
    TEST(the_low_bit_of_the_event_is_no_part_of_the_handle),
    {NULL, NULL},
};
