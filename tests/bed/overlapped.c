/* Handles opened with FILE_FLAG_OVERLAPPED, and OVERLAPPED structures on handles opened without.
 * Source: windows-behaviour 2.1, 2.8 and 2.9. */
#include "agent_sentinels.h"
#include "disk_state.h"
#include "pr_request.h"
#include "suites.h"

enum { STATUS_PENDING = 0x103 };
static const uint32_t STATUS_DEVICE_BUSY = 0x80000011;

static const struct pr_out registration = {RESERVATION_ACTION_REGISTER, 0, 0, 0x1122334455667788,
                                           false};
static const struct disk_state node_1_registered = {{0x1122334455667788, 0}, NOBODY, 0};

/* The device decided: 997 first, whatever it said, then the event and the result. Bytes returned is
 * InternalHigh as it was at that moment, which DeviceIoControl has just set to 0. */
static void expect_pended(struct bed *bed, const struct windows_answer *answer, uint32_t status,
                          uint32_t error, uint32_t information)
{
    assert_int_equal(answer->result, 0);
    assert_int_equal(answer->last_error, ERROR_IO_PENDING);
    assert_int_equal(answer->returned, 0);
    assert_int_equal(answer->signalled, 1);
    assert_int_equal(answer->final, error == ERROR_SUCCESS);
    assert_int_equal(answer->final_error, error);
    assert_int_equal(answer->final_bytes, information);
    assert_int_equal(answer->internal, status);
    assert_int_equal(answer->internal_high, information);
    expect_untouched(bed, 0, answer, information);
}

/* Refused before the device: the error at once, no completion of any kind. */
static void expect_inline(struct bed *bed, const struct windows_answer *answer, uint32_t error,
                          uint32_t signalled)
{
    assert_int_equal(answer->result, 0);
    assert_int_equal(answer->last_error, error);
    assert_int_equal(answer->signalled, signalled);
    assert_int_equal(answer->final, AGENT_FINAL_NOT_ASKED);
    assert_int_equal(answer->internal, STATUS_PENDING);
    expect_untouched(bed, 0, answer, 0);
}

static uint32_t open_overlapped(struct bed *bed, uint32_t access)
{
    return open_on(bed, 0, access, FLAG_OVERLAPPED, SHARED_DISK);
}

static void success_is_pended(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle = open_overlapped(bed, ACCESS_BOTH);
    uint8_t input[PR_OUT_INPUT_LENGTH];
    struct windows_request request = pr_out_request(&registration, input);
    struct windows_answer answer = overlapped_request_on(bed, 0, handle, &request);

    expect_pended(bed, &answer, 0, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &node_1_registered, "after an overlapped REGISTER");
    request = pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, input);
    answer = overlapped_request_on(bed, 0, handle, &request);
    expect_pended(bed, &answer, 0, ERROR_SUCCESS, 16);
    assert_int_equal(answer.output[15], 0x88);
    request.output_length = NO_BUFFER;
    answer = overlapped_request_on(bed, 0, handle, &request);
    expect_inline(bed, &answer, ERROR_INVALID_PARAMETER, 0);
    assert_disk_is(bed, &node_1_registered, "after an overlapped READ KEYS");
}

static void conflict_is_pended(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle = open_overlapped(bed, ACCESS_READ);
    const struct windows_request request = {IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER};
    struct windows_answer answer;

    expect_plain(bed, 1, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    answer = overlapped_request_on(bed, 0, handle, &request);
    expect_pended(bed, &answer, STATUS_DEVICE_BUSY, ERROR_BUSY, 0);
    assert_disk_is_legacy_reserved(bed, "after an overlapped conflict");
}

static void refusal_is_inline(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle = open_overlapped(bed, ACCESS_BOTH);
    const struct pr_out all_registrants = {RESERVATION_ACTION_RESERVE, 7, 0, 0, false};
    uint8_t input[PR_OUT_INPUT_LENGTH];
    struct windows_request request = pr_out_request(&all_registrants, input);
    struct windows_answer answer = overlapped_request_on(bed, 0, handle, &request);

    expect_inline(bed, &answer, ERROR_INVALID_PARAMETER, 0);
    request.input_length = 11;
    answer = overlapped_request_on(bed, 0, handle, &request);
    expect_inline(bed, &answer, ERROR_BAD_LENGTH, 0);
    assert_disk_is(bed, &disk_free, "after refused requests");
}

/* The access is checked before the event is cleared (2.1, steps 4 and 5): the agent's event, set
 * beforehand, still is. */
static void missing_access_is_inline(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle = open_overlapped(bed, ACCESS_READ);
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const struct windows_request request = pr_out_request(&registration, input);
    const struct windows_answer answer = overlapped_request_on(bed, 0, handle, &request);

    expect_inline(bed, &answer, ERROR_ACCESS_DENIED, 1);
    assert_disk_is(bed, &disk_free, "after a denied request");
}

/* An OVERLAPPED on a synchronous handle: success and warnings reach it, errors do not. */
static void overlapped_on_a_synchronous_handle(void **state)
{
    struct bed *bed = *state;
    uint8_t input[PR_IN_INPUT_LENGTH];
    struct windows_request request = pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, input);
    struct windows_answer answer = overlapped_request_on(bed, 0, bed->disk[0], &request);

    expect_answer(bed, 0, &answer, ERROR_SUCCESS, 8);
    assert_int_equal(answer.signalled, 1);
    assert_int_equal(answer.internal, 0);
    assert_int_equal(answer.internal_high, 8);
    request.output_length = 63;
    answer = overlapped_request_on(bed, 0, bed->disk[0], &request);
    expect_inline(bed, &answer, ERROR_INVALID_PARAMETER, 0);
    expect_plain(bed, 1, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    request = (struct windows_request){IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER};
    answer = overlapped_request_on(bed, 0, bed->disk[0], &request);
    expect_answer(bed, 0, &answer, ERROR_BUSY, 0);
    assert_int_equal(answer.signalled, 1);
    assert_int_equal(answer.internal, STATUS_DEVICE_BUSY);
    assert_disk_is_legacy_reserved(bed, "after a conflict");
}

/* Without an OVERLAPPED such a handle waits for the end. */
static void overlapped_handle_without_overlapped(void **state)
{
    struct bed *bed = *state;

    bed->disk[0] = open_overlapped(bed, ACCESS_BOTH);
    expect_pr_out(bed, 0, &registration, ERROR_SUCCESS);
    expect_pr_in(bed, 0, RESERVATION_ACTION_READ_KEYS, 64, 64, ERROR_SUCCESS, 16);
    assert_disk_is(bed, &node_1_registered, "after REGISTER");
    expect_pr_out(bed, 0, &registration, ERROR_BUSY);
    expect_pr_in(bed, 0, RESERVATION_ACTION_READ_KEYS, 7, 64, ERROR_INVALID_PARAMETER, 0);
    assert_disk_is(bed, &node_1_registered, "after a conflict");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(success_is_pended),
    cmocka_unit_test(conflict_is_pended),
    cmocka_unit_test(refusal_is_inline),
    cmocka_unit_test(missing_access_is_inline),
    cmocka_unit_test(overlapped_on_a_synchronous_handle),
    cmocka_unit_test(overlapped_handle_without_overlapped),
};

const struct suite overlapped = SUITE("overlapped", tests);
