/* Return value, last error, bytes returned and output bytes of synchronous requests.
 * Source: windows-behaviour 2.8 and 2.9, semantics 1. */
#include "test.h"

#include <string.h>
#include <winioctl.h>

static const struct scripted_disk good = {.transferred = 24, .data = {1, 2, 3}};
static const struct scripted_disk conflict = {.status = 0x18, .failures = 99, .transferred = 24};

static bool all_preset(const BYTE *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != PRESET_BYTE)
            return false;
    return true;
}

static void success_returns_true_and_leaves_the_last_error_alone(void)
{
    struct answer answer;

    disk_script(&good);
    answer = ask(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, 64);
    CHECK(answer.result);
    CHECK_EQUAL(answer.last_error, PRESET_LAST_ERROR);
    CHECK_EQUAL(answer.returned, 24);
}

static void pr_in_writes_exactly_the_bytes_that_the_device_returned(void)
{
    struct answer answer;

    disk_script(&good);
    answer = ask(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, 200);
    CHECK(memcmp(answer.output, good.data, 24) == 0);
    CHECK(all_preset(answer.output + 24, sizeof(answer.output) - 24));
}

static void pr_in_never_returns_more_than_its_allocation_length(void)
{
    struct scripted_disk disk = good;
    struct answer answer;

    disk.transferred = 1000;
    disk_script(&disk);
    answer = ask(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(16), PR_IN_LENGTH, 200);
    CHECK_EQUAL(answer.returned, 16);
    CHECK(all_preset(answer.output + 16, sizeof(answer.output) - 16));
}

static void a_long_list_comes_through_whole(void)
{
    static BYTE output[0xffff + 1];
    struct scripted_disk disk = good;
    HANDLE handle = disk_open(GENERIC_READ, 0);
    DWORD returned = 0;

    disk.transferred = 0xffff;
    disk_script(&disk);
    output[0xffff] = PRESET_BYTE;
    CHECK(DeviceIoControl(handle, IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
                          (void *)pr_in_command(0xffff), PR_IN_LENGTH, output, 0xffff, &returned,
                          NULL));
    CHECK_EQUAL(returned, 0xffff);
    CHECK_EQUAL(output[128], disk.data[0]);
    CHECK_EQUAL(output[0xffff], PRESET_BYTE);
    CloseHandle(handle);
}

static void pr_out_sends_the_callers_parameter_list_and_returns_no_bytes(void)
{
    static const BYTE cdb[10] = {0x5f, 1, 5, 0, 0, 0, 0, 0, 24, 0};
    const BYTE *command = pr_out_command(1, 5, 0xee);
    struct scripted_disk state;
    struct answer answer;

    disk_script(&good);
    answer = ask(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, command, PR_OUT_LENGTH, 64);
    CHECK(answer.result);
    CHECK_EQUAL(answer.returned, 0);
    CHECK(all_preset(answer.output, sizeof(answer.output)));
    state = disk_state();
    CHECK(memcmp(state.cdb, cdb, sizeof(cdb)) == 0);
    CHECK(memcmp(state.parameter_list, command + 10, sizeof(state.parameter_list)) == 0);
    CHECK_EQUAL(state.timeout_ms, 10000);
}

static void a_conflict_is_error_busy_with_no_bytes_and_one_attempt(void)
{
    struct answer answer;

    disk_script(&conflict);
    answer = ask(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, 64);
    CHECK(!answer.result);
    CHECK_EQUAL(answer.last_error, ERROR_BUSY);
    CHECK_EQUAL(answer.returned, 0); /* a warning writes the number */
    CHECK(all_preset(answer.output, sizeof(answer.output)));
    CHECK_EQUAL(disk_state().commands, 1);
}

static void an_error_leaves_bytes_returned_and_output_untouched(void)
{
    static const struct scripted_disk medium_error = {
        .status = 2, .failures = 99, .sense_length = 18, .sense = {0x70, 0, 3}, .transferred = 24};
    struct answer answer;

    disk_script(&medium_error);
    answer = ask(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, 64);
    CHECK(!answer.result);
    CHECK_EQUAL(answer.last_error, ERROR_CRC);
    CHECK_EQUAL(answer.returned, PRESET_RETURNED);
    CHECK(all_preset(answer.output, sizeof(answer.output)));
}

static void a_unit_attention_is_absorbed(void)
{
    static const struct scripted_disk attention = {
        .status = 2,
        .failures = 4,
        .sense_length = 18,
        .sense = {[0] = 0x70, [2] = 6, [7] = 10, [12] = 0x29}};

    disk_script(&attention);
    CHECK(ask(IOCTL_STORAGE_RESERVE, NULL, 0, 0).result);
    CHECK_EQUAL(disk_state().commands, 5);
}

static void a_refused_request_sends_nothing(void)
{
    static const struct {
        DWORD code, input_length, output_length, error;
    } rows[] = {
        {IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 11, 64, ERROR_BAD_LENGTH},
        {IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 12, 63, ERROR_INVALID_PARAMETER},
        {IOCTL_STORAGE_BREAK_RESERVATION, 7, 0, ERROR_INVALID_PARAMETER},
        {IOCTL_STORAGE_RESET_BUS, 0, 0, ERROR_INVALID_PARAMETER},
        {IOCTL_STORAGE_RESET_DEVICE, 0, 0, ERROR_INVALID_FUNCTION},
    };

    disk_script(&good);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct answer answer =
            ask(rows[i].code, pr_in_command(64), rows[i].input_length, rows[i].output_length);

        CHECK(!answer.result);
        CHECK_EQUAL(answer.last_error, rows[i].error);
        CHECK_EQUAL(answer.returned, PRESET_RETURNED);
    }
    CHECK_EQUAL(disk_state().commands, 0);
    CHECK_EQUAL(disk_state().resets, 0);
}

static void a_handle_without_the_access_is_refused(void)
{
    static const struct {
        DWORD access, code;
        BOOL served;
    } rows[] = {
        {0, IOCTL_STORAGE_RESERVE, FALSE},
        {GENERIC_WRITE, IOCTL_STORAGE_RESERVE, FALSE},
        {GENERIC_READ, IOCTL_STORAGE_RESERVE, TRUE},
        {GENERIC_READ, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, FALSE},
        {GENERIC_WRITE, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, FALSE},
        {GENERIC_READ | GENERIC_WRITE, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, TRUE},
    };

    disk_script(&good);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        HANDLE handle = disk_open(rows[i].access, 0);
        DWORD returned = PRESET_RETURNED;
        BOOL result = DeviceIoControl(handle, rows[i].code, (void *)pr_out_command(1, 5, 1),
                                      PR_OUT_LENGTH, NULL, 0, &returned, NULL);

        CHECK_EQUAL(result, rows[i].served);
        if (!rows[i].served)
            CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
        CloseHandle(handle);
    }
    CHECK_EQUAL(disk_state().commands, 2);
}

static void break_resets_and_then_asks_the_unit(void)
{
    static const BYTE request[8] = {8};

    disk_script(&good);
    CHECK(ask(IOCTL_STORAGE_BREAK_RESERVATION, request, sizeof(request), 0).result);
    CHECK_EQUAL(disk_state().resets, 1);
    CHECK_EQUAL(disk_state().commands, 1);
    CHECK_EQUAL(disk_state().cdb[0], 0x00); /* TEST UNIT READY */
}

static void bytes_returned_may_be_null(void)
{
    HANDLE handle = disk_open(GENERIC_READ, 0);

    disk_script(&good);
    CHECK(DeviceIoControl(handle, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL, NULL));
    CloseHandle(handle);
}

/* Last, because the process remembers it of the disk for good. */
static void a_disk_that_refuses_reserve_6_is_asked_by_reserve_10_ever_after(void)
{
    static const struct scripted_disk old = {.status = 2,
                                             .failures = 1,
                                             .sense_length = 18,
                                             .sense = {[0] = 0x70, [2] = 5, [7] = 10, [12] = 0x20}};

    disk_script(&old);
    CHECK(ask(IOCTL_STORAGE_RESERVE, NULL, 0, 0).result);
    CHECK_EQUAL(disk_state().commands, 2);
    CHECK_EQUAL(disk_state().cdb[0], 0x56);
    disk_script(&good);
    CHECK(ask(IOCTL_STORAGE_RELEASE, NULL, 0, 0).result);
    CHECK_EQUAL(disk_state().commands, 1);
    CHECK_EQUAL(disk_state().cdb[0], 0x57);
}

const struct test_case request_cases[] = {
    TEST(success_returns_true_and_leaves_the_last_error_alone),
    TEST(pr_in_writes_exactly_the_bytes_that_the_device_returned),
    TEST(pr_in_never_returns_more_than_its_allocation_length),
    TEST(a_long_list_comes_through_whole),
    TEST(pr_out_sends_the_callers_parameter_list_and_returns_no_bytes),
    TEST(a_conflict_is_error_busy_with_no_bytes_and_one_attempt),
    TEST(an_error_leaves_bytes_returned_and_output_untouched),
    TEST(a_unit_attention_is_absorbed),
    TEST(a_refused_request_sends_nothing),
    TEST(a_handle_without_the_access_is_refused),
    TEST(break_resets_and_then_asks_the_unit),
    TEST(bytes_returned_may_be_null),
    TEST(a_disk_that_refuses_reserve_6_is_asked_by_reserve_10_ever_after),
    {NULL, NULL},
};
