/* Which bytes of the caller's buffers the shim touches, and how often: every access faults, and is
 * let through one instruction at a time. What has been read is changed at once, so that whoever
 * looks a second time sees something else. Source: windows-behaviour 2.1 (probes of whole pages,
 * one copy of the input) and 2.8 (exactly Information bytes go back, once). */
#include "in_flight.h"

#include <string.h>
#include <winioctl.h>

enum { PAGE = 0x1000, TAG = 64, TRAP_FLAG = 0x100, SEEN = 128 };

/* A probe touches the first byte of the buffer, and no other in the same page. */
static struct {
    BYTE *page;
    bool is_stepping, spoils;
    ULONG_PTR offset; /* of the access under way */
    unsigned int touched[PAGE];
} watch;

static void protect_page(DWORD protection)
{
    DWORD old;

    VirtualProtect(watch.page, PAGE, protection, &old);
}

static LONG let_through(const EXCEPTION_RECORD *record, CONTEXT *context)
{
    ULONG_PTR offset = record->ExceptionInformation[1] - (ULONG_PTR)watch.page;

    if (offset >= PAGE)
        return EXCEPTION_CONTINUE_SEARCH;
    watch.touched[offset]++;
    watch.offset = offset;
    watch.is_stepping = true;
    protect_page(PAGE_READWRITE);
    context->EFlags |= TRAP_FLAG;
    return EXCEPTION_CONTINUE_EXECUTION;
}

static LONG watch_again(CONTEXT *context)
{
    if (watch.spoils && watch.offset)
        watch.page[watch.offset] ^= 0xff;
    watch.is_stepping = false;
    context->EFlags &= ~(DWORD)TRAP_FLAG;
    protect_page(PAGE_NOACCESS);
    return EXCEPTION_CONTINUE_EXECUTION;
}

static LONG CALLBACK notice(EXCEPTION_POINTERS *pointers)
{
    const EXCEPTION_RECORD *record = pointers->ExceptionRecord;

    if (record->ExceptionCode == EXCEPTION_ACCESS_VIOLATION)
        return let_through(record, pointers->ContextRecord);
    if (record->ExceptionCode == EXCEPTION_SINGLE_STEP && watch.is_stepping)
        return watch_again(pointers->ContextRecord);
    return EXCEPTION_CONTINUE_SEARCH;
}

static void watch_page_with(const BYTE *bytes, DWORD length, bool spoils)
{
    memset(&watch, 0, sizeof(watch));
    watch.page = VirtualAlloc(NULL, PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    watch.spoils = spoils;
    memset(watch.page, PRESET_BYTE, PAGE);
    if (bytes)
        CopyMemory(watch.page, bytes, length);
    protect_page(PAGE_NOACCESS);
}

static BOOL ask_watched(DWORD code, void *input, DWORD input_length, void *output,
                        DWORD output_length)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0);
    void *handler = AddVectoredExceptionHandler(TRUE, notice);
    DWORD returned;
    BOOL result =
        DeviceIoControl(disk, code, input, input_length, output, output_length, &returned, NULL);

    RemoveVectoredExceptionHandler(handler);
    protect_page(PAGE_READWRITE);
    CloseHandle(disk);
    return result;
}

/* Bytes `first` up to `end` were touched `times` times each. */
static void check_touched(size_t first, size_t end, unsigned int times)
{
    for (size_t i = first; i < end; i++)
        if (watch.touched[i] != times)
            CHECK_EQUAL(watch.touched[i] * 10000 + i, times * 10000 + i); /* times and offset */
}

static void each_byte_of_a_command_is_read_once(void)
{
    BYTE command[SEEN];
    struct scripted_disk state;

    memset(command, 0x77, sizeof(command));
    CopyMemory(command, pr_out_command(1, 5, 0x77), PR_OUT_LENGTH);
    command[4] = SEEN;
    disk_script(&ready_disk);
    watch_page_with(command, sizeof(command), true);
    CHECK(ask_watched(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, watch.page, SEEN, NULL, 0));
    check_touched(0, 1, 2);
    check_touched(1, PR_OUT_LENGTH, 1);
    check_touched(PR_OUT_LENGTH, PAGE, 0);
    state = disk_state();
    CHECK_EQUAL(state.commands, 1);
    CHECK_EQUAL(state.cdb[1], 1);
    CHECK_EQUAL(state.cdb[2], 5);
    CHECK(memcmp(state.parameter_list, command + 10, sizeof(state.parameter_list)) == 0);
    VirtualFree(watch.page, 0, MEM_RELEASE);
}

static void each_byte_of_an_inquiry_is_read_once(void)
{
    BYTE output[TAG];

    disk_script(&ready_disk);
    watch_page_with(pr_in_command(TAG), PR_IN_LENGTH, true);
    CHECK(ask_watched(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, watch.page, PR_IN_LENGTH, output, TAG));
    check_touched(0, 1, 2);
    check_touched(1, PR_IN_LENGTH, 1);
    check_touched(PR_IN_LENGTH, PAGE, 0);
    CHECK_EQUAL(disk_state().cdb[8], TAG);
    VirtualFree(watch.page, 0, MEM_RELEASE);
}

static void each_byte_of_the_answer_is_written_once(void)
{
    disk_script(&ready_disk);
    watch_page_with(NULL, 0, false);
    CHECK(ask_watched(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, (void *)pr_in_command(TAG), PR_IN_LENGTH,
                      watch.page, PAGE));
    check_touched(0, 1, 2);
    check_touched(1, REQUEST_BYTES, 1);
    check_touched(REQUEST_BYTES, PAGE, 0);
    CHECK_EQUAL(watch.page[REQUEST_BYTES - 1], 0x5a);
    CHECK_EQUAL(watch.page[REQUEST_BYTES], PRESET_BYTE);
    VirtualFree(watch.page, 0, MEM_RELEASE);
}

static void a_failure_writes_nothing(void)
{
    struct scripted_disk conflict = ready_disk;

    conflict.status = 0x18;
    conflict.failures = 1;
    disk_script(&conflict);
    watch_page_with(NULL, 0, false);
    CHECK(!ask_watched(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, (void *)pr_in_command(TAG),
                       PR_IN_LENGTH, watch.page, TAG));
    check_touched(0, 1, 1);
    check_touched(1, PAGE, 0);
    VirtualFree(watch.page, 0, MEM_RELEASE);
}

const struct test_case touch_cases[] = {
    TEST(each_byte_of_a_command_is_read_once),
    TEST(each_byte_of_an_inquiry_is_read_once),
    TEST(each_byte_of_the_answer_is_written_once),
    TEST(a_failure_writes_nothing),
    {NULL, NULL},
};
