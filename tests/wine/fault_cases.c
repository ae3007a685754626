/* What DeviceIoControl itself writes, in the caller's name: the OVERLAPPED and the number of bytes.
 * A bad pointer there raises an access violation in the caller, who may handle it; the shim has to
 * be whole afterwards. Source: windows-behaviour 2.9: Internal is preset before the system is
 * asked, so a bad OVERLAPPED faults with nothing sent; the number is written by kernel32 after the
 * system has answered, so a bad lpBytesReturned faults with all done, and is not touched where no
 * number is due. Wine's own DeviceIoControl does the same (the first case asks it). */
#include "in_flight.h"

#include <winioctl.h>

enum { TAG = 64, PAGE = 0x1000, FOREIGN_CODE = 0x2d1080 /* STORAGE_GET_DEVICE_NUMBER */ };

/* A page that may be read and not written, or not even read, and nothing after it. */
static void *page_of(DWORD protection)
{
    return VirtualAlloc(NULL, PAGE, MEM_RESERVE | MEM_COMMIT, protection);
}

static struct {
    bool armed, faulted, was_write;
    ULONG_PTR address;
    void *resume[5]; /* of __builtin_setjmp */
} guard;

static LONG CALLBACK resume_at_guard(EXCEPTION_POINTERS *pointers)
{
    const EXCEPTION_RECORD *record = pointers->ExceptionRecord;

    if (!guard.armed || record->ExceptionCode != EXCEPTION_ACCESS_VIOLATION)
        return EXCEPTION_CONTINUE_SEARCH;
    /* The shim's own guarded copies raise and handle theirs; only what no one handles ends here. */
    guard.armed = false;
    guard.faulted = true;
    guard.was_write = record->ExceptionInformation[0] == 1;
    guard.address = record->ExceptionInformation[1];
    __builtin_longjmp(guard.resume, 1);
}

/* The request's input and output are good, its other pointers the caller's business. */
static BOOL call(HANDLE disk, DWORD code, DWORD input_length, DWORD *returned,
                 OVERLAPPED *overlapped)
{
    static BYTE command[PR_IN_LENGTH] = {12, [4] = 12, [10] = TAG}, output[TAG];

    return DeviceIoControl(disk, code, command, input_length, output, sizeof(output), returned,
                           overlapped);
}

/* True where the call raised an access violation for writing at `address`. */
static bool faults(HANDLE disk, DWORD code, DWORD input_length, DWORD *returned,
                   OVERLAPPED *overlapped, const void *address)
{
    void *handler = AddVectoredExceptionHandler(TRUE, resume_at_guard);

    guard.faulted = false;
    guard.armed = true;
    if (__builtin_setjmp(guard.resume) == 0)
        call(disk, code, input_length, returned, overlapped);
    guard.armed = false;
    RemoveVectoredExceptionHandler(handler);
    return guard.faulted && guard.was_write &&
           guard.address - (ULONG_PTR)address < sizeof(OVERLAPPED);
}

/* The handle serves on. */
static void check_alive(HANDLE disk, bool is_overlapped)
{
    static struct in_flight request;
    HANDLE event = new_event();

    disk_script(&ready_disk);
    start(&request, disk, event, TAG);
    CHECK(gets_signalled(event));
    CHECK_EQUAL(request.result, !is_overlapped);
    CHECK_EQUAL(request.overlapped.Internal, 0);
    CHECK_EQUAL(disk_state().commands, 1);
    CloseHandle(event);
}

static void wines_own_answer_to_a_foreign_code_is_an_access_violation(void)
{
    HANDLE disk = CreateFileW(L"\\\\.\\PhysicalDrive0", 0, 0, NULL, OPEN_EXISTING, 0, NULL);
    void *bad = page_of(PAGE_READONLY);
    DWORD returned;

    CHECK(disk != INVALID_HANDLE_VALUE);
    CHECK(faults(disk, FOREIGN_CODE, 0, &returned, bad, bad));
    CHECK(faults(disk, FOREIGN_CODE, 0, bad, NULL, bad));
    CloseHandle(disk);
    VirtualFree(bad, 0, MEM_RELEASE);
}

static void a_bad_overlapped_faults_before_anything_is_sent(void)
{
    static const DWORD flags[] = {0, FILE_FLAG_OVERLAPPED}, lengths[] = {PR_IN_LENGTH, 0};
    void *const pages[] = {page_of(PAGE_READONLY), page_of(PAGE_NOACCESS)};
    HANDLE disk;
    DWORD returned;

    for (size_t i = 0; i < 8; i++) {
        returned = PRESET_RETURNED;
        disk = disk_open(GENERIC_READ, flags[i % 2]);
        disk_script(&ready_disk);
        CHECK(faults(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, lengths[i / 2 % 2], &returned,
                     pages[i / 4], pages[i / 4]) ||
              pages[i / 4] == pages[1]); /* there it may be the read of hEvent that faults */
        CHECK(guard.faulted);
        CHECK_EQUAL(returned, PRESET_RETURNED);
        CHECK_EQUAL(disk_state().commands, 0);
        check_alive(disk, i % 2);
        CloseHandle(disk);
    }
    VirtualFree(pages[0], 0, MEM_RELEASE);
    VirtualFree(pages[1], 0, MEM_RELEASE);
}

/* Internal lies on a good page, hEvent behind it on a bad one. */
static void half_an_overlapped_faults_before_anything_is_sent(void)
{
    BYTE *pages = VirtualAlloc(NULL, 2 * PAGE, MEM_RESERVE, PAGE_NOACCESS);
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED);
    DWORD returned;

    VirtualAlloc(pages, PAGE, MEM_COMMIT, PAGE_READWRITE);
    disk_script(&ready_disk);
    faults(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, PR_IN_LENGTH, &returned,
           (OVERLAPPED *)(pages + PAGE - 16), NULL);
    CHECK(guard.faulted);
    CHECK_EQUAL(disk_state().commands, 0);
    check_alive(disk, true);
    CloseHandle(disk);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void a_bad_bytes_returned_faults_when_all_is_done(void)
{
    HANDLE disk = disk_open(GENERIC_READ, 0);
    DWORD *bad = page_of(PAGE_READONLY);

    disk_script(&ready_disk);
    CHECK(faults(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, PR_IN_LENGTH, bad, NULL, bad));
    CHECK_EQUAL(disk_state().commands, 1);
    check_alive(disk, false);
    CloseHandle(disk);
    VirtualFree(bad, 0, MEM_RELEASE);
}

/* windows-behaviour 2.9: an error writes no number. */
static void a_bad_bytes_returned_that_is_not_due_is_not_touched(void)
{
    HANDLE disk = disk_open(GENERIC_READ, 0);
    DWORD *bad = page_of(PAGE_READONLY);

    disk_script(&ready_disk);
    SetLastError(0);
    CHECK(!call(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 0, bad, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_BAD_LENGTH);
    CHECK_EQUAL(disk_state().commands, 0);
    CloseHandle(disk);
    VirtualFree(bad, 0, MEM_RELEASE);
}

/* The request is on its way when the number is written, and goes on. */
static void a_bad_bytes_returned_does_not_stop_an_overlapped_request(void)
{
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED), event = new_event();
    OVERLAPPED overlapped = {.hEvent = event};
    DWORD *bad = page_of(PAGE_READONLY);

    disk_script(&busy_disk);
    CHECK(faults(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, PR_IN_LENGTH, bad, &overlapped, bad));
    CHECK_EQUAL(overlapped.Internal, REQUEST_PENDING);
    CHECK(disk_has_begun(1, 1));
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    CHECK_EQUAL(overlapped.Internal, 0);
    CHECK_EQUAL(overlapped.InternalHigh, REQUEST_BYTES);
    check_alive(disk, true);
    CloseHandle(event);
    CloseHandle(disk);
    VirtualFree(bad, 0, MEM_RELEASE);
}

/* What is written last is what stays: output, then the OVERLAPPED, then the number. */
static void results_that_share_bytes_are_written_in_windows_order(void)
{
    union {
        OVERLAPPED overlapped;
        BYTE bytes[TAG];
        DWORD number;
    } place = {{0}};
    BYTE command[PR_IN_LENGTH] = {12, [4] = 12, [10] = TAG};
    HANDLE disk = disk_open(GENERIC_READ, 0);
    DWORD returned = 0;

    disk_script(&ready_disk);
    CHECK(DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, command, sizeof(command),
                          &place, TAG, &place.number, NULL));
    CHECK_EQUAL(place.number, REQUEST_BYTES);
    CHECK_EQUAL(place.bytes[4], 0x5a);
    place.overlapped.hEvent = NULL;
    CHECK(DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, command, sizeof(command),
                          &place, TAG, &returned, &place.overlapped));
    CHECK_EQUAL(returned, REQUEST_BYTES);
    CHECK_EQUAL(place.overlapped.Internal, 0);
    CHECK_EQUAL(place.overlapped.InternalHigh, REQUEST_BYTES);
    CloseHandle(disk);
}

/* Internal is preset before the input is captured: an input in its place is what was preset, with a
 * Size of 0. */
static void an_input_under_the_overlapped_is_what_was_preset(void)
{
    union {
        OVERLAPPED overlapped;
        BYTE command[PR_OUT_LENGTH];
    } place = {{0}};
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0);
    DWORD returned = 0;

    disk_script(&ready_disk);
    CopyMemory(place.command, pr_out_command(1, 5, 0), PR_OUT_LENGTH);
    place.overlapped.hEvent = NULL;
    CHECK(!DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, &place, PR_OUT_LENGTH, NULL,
                           0, &returned, &place.overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_BAD_LENGTH);
    CHECK_EQUAL(disk_state().commands, 0);
    CloseHandle(disk);
}

const struct test_case fault_cases[] = {
    TEST(wines_own_answer_to_a_foreign_code_is_an_access_violation),
    TEST(a_bad_overlapped_faults_before_anything_is_sent),
    TEST(half_an_overlapped_faults_before_anything_is_sent),
    TEST(a_bad_bytes_returned_faults_when_all_is_done),
    TEST(a_bad_bytes_returned_that_is_not_due_is_not_touched),
    TEST(a_bad_bytes_returned_does_not_stop_an_overlapped_request),
    TEST(results_that_share_bytes_are_written_in_windows_order),
    TEST(an_input_under_the_overlapped_is_what_was_preset),
    {NULL, NULL},
};
