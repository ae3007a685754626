/* dll/reservation/run.c: sending, judging, sending again. windows-behaviour 4.1, semantics 1
 * (Information) and 3 (retries). The ten-byte forms have test_ten_byte.c. */
#include "expect.h"
#include "run_row.h"

/* semantics 3: five attempts in all; the delays are the judge's. */
static void attempts_end_at_five(void **state)
{
    static const struct run_row rows[] = {
        {"ABORTED COMMAND for ever", RESERVATION_PR_OUT, false, REPLIES(SENSE(0xb, 0, 0)),
         "5f wait1000 5f wait1000 5f wait1000 5f wait1000 5f", NT_STATUS_IO_DEVICE_ERROR, 0, false},
        {"unit attention for ever: at once", RESERVATION_PR_OUT, false, REPLIES(SENSE(6, 0x29, 0)),
         "5f wait0 5f wait0 5f wait0 5f wait0 5f", NT_STATUS_IO_DEVICE_ERROR, 0, false},
        {"BUSY for ever", RESERVATION_RESERVE, false, REPLIES(STATUS(SCSI_STATUS_BUSY)),
         "16 wait500 16 wait500 16 wait500 16 wait500 16", NT_STATUS_DEVICE_NOT_READY, 0, false},
        {"timeout for ever", RESERVATION_PR_IN, false, REPLIES(HOST(0x03)),
         "5e wait1000 5e wait1000 5e wait1000 5e wait1000 5e", NT_STATUS_IO_TIMEOUT, 0, false},
        {"good on the fifth", RESERVATION_PR_OUT, false,
         REPLIES(SENSE(6, 0x29, 0), SENSE(6, 0x2a, 0x03), SENSE(6, 0x3f, 0x0e), HOST(0x08), GOOD),
         "5f wait0 5f wait0 5f wait5000 5f wait500 5f", NT_STATUS_SUCCESS, 0, false},
        {"good too late", RESERVATION_PR_OUT, false,
         REPLIES(SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0),
                 SENSE(6, 0x29, 0), GOOD),
         "5f wait0 5f wait0 5f wait0 5f wait0 5f", NT_STATUS_IO_DEVICE_ERROR, 0, false},
        {"the last attempt's status counts", RESERVATION_PR_OUT, false,
         REPLIES(SENSE(6, 0x29, 0), SENSE(2, 0x04, 0x0b), SENSE(5, 0x26, 0x04)),
         "5f wait0 5f wait500 5f", NT_STATUS_INVALID_OFFSET_ALIGNMENT, 0, false},
    };

    (void)state;
    expect_runs(rows, COUNT(rows));
}

static void what_is_final_is_sent_once(void **state)
{
    static const struct run_row rows[] = {
        {"success", RESERVATION_RELEASE, false, REPLIES(GOOD), "17", NT_STATUS_SUCCESS, 0, false},
        {"conflict", RESERVATION_RESERVE, false, REPLIES(CONFLICT, GOOD), "16",
         NT_STATUS_DEVICE_BUSY, 0, false},
        {"nexus failure", RESERVATION_PR_OUT, false, REPLIES(HOST(0x11), GOOD), "5f",
         NT_STATUS_DEVICE_BUSY, 0, false},
        {"no connection", RESERVATION_PR_IN, false, REPLIES(HOST(0x01), GOOD), "5e",
         NT_STATUS_DEVICE_NOT_CONNECTED, 0, false},
        {"PR OUT refused", RESERVATION_PR_OUT, false, REPLIES(SENSE(5, 0x20, 0), GOOD), "5f",
         NT_STATUS_INVALID_DEVICE_REQUEST, 0, false},
        {"PR IN refused", RESERVATION_PR_IN, false, REPLIES(SENSE(5, 0x24, 0), GOOD), "5e",
         NT_STATUS_INVALID_DEVICE_REQUEST, 0, false},
    };

    (void)state;
    expect_runs(rows, COUNT(rows));
}

/* semantics 1: the bytes the device returned, never more than AllocationLength (64 here); nothing
 * after a failure or a warning, and nothing for any other request. */
static void information_is_what_pr_in_returned(void **state)
{
    static const struct run_row rows[] = {
        {"24 of 64", RESERVATION_PR_IN, false, REPLIES(GOOD_BYTES(24)), "5e", NT_STATUS_SUCCESS, 24,
         false},
        {"none", RESERVATION_PR_IN, false, REPLIES(GOOD_BYTES(0)), "5e", NT_STATUS_SUCCESS, 0,
         false},
        {"one short", RESERVATION_PR_IN, false, REPLIES(GOOD_BYTES(63)), "5e", NT_STATUS_SUCCESS,
         63, false},
        {"all", RESERVATION_PR_IN, false, REPLIES(GOOD_BYTES(64)), "5e", NT_STATUS_SUCCESS, 64,
         false},
        {"one more than there is room", RESERVATION_PR_IN, false, REPLIES(GOOD_BYTES(65)), "5e",
         NT_STATUS_SUCCESS, 64, false},
        {"the largest lie", RESERVATION_PR_IN, false, REPLIES(GOOD_BYTES(UINT32_MAX)), "5e",
         NT_STATUS_SUCCESS, 64, false},
        {"of the attempt that succeeded", RESERVATION_PR_IN, false,
         REPLIES(SENSE_BYTES(6, 0x29, 0, 60), GOOD_BYTES(16)), "5e wait0 5e", NT_STATUS_SUCCESS, 16,
         false},
        {"recovered error", RESERVATION_PR_IN, false, REPLIES(SENSE_BYTES(1, 0, 0, 32)), "5e",
         NT_STATUS_SUCCESS, 32, false},
        {"conflict, a warning", RESERVATION_PR_IN, false, REPLIES(CONFLICT_BYTES(24)), "5e",
         NT_STATUS_DEVICE_BUSY, 0, false},
        {"no data detected, a warning", RESERVATION_PR_IN, false, REPLIES(SENSE_BYTES(8, 0, 0, 24)),
         "5e", NT_STATUS_NO_DATA_DETECTED, 0, false},
        {"an error", RESERVATION_PR_IN, false, REPLIES(SENSE_BYTES(5, 0x20, 0, 24)), "5e",
         NT_STATUS_INVALID_DEVICE_REQUEST, 0, false},
        {"PR OUT moved 24", RESERVATION_PR_OUT, false, REPLIES(GOOD_BYTES(24)), "5f",
         NT_STATUS_SUCCESS, 0, false},
        {"RESERVE", RESERVATION_RESERVE, false, REPLIES(GOOD_BYTES(24)), "16", NT_STATUS_SUCCESS, 0,
         false},
    };

    (void)state;
    expect_runs(rows, COUNT(rows));
}

/* semantics 2: "at once". ENOTTY reads as INVALID_DEVICE_REQUEST, but no device has refused. */
static void what_was_never_sent_is_not_sent_again_and_teaches_nothing(void **state)
{
    static const struct run_row rows[] = {
        {"not permitted", RESERVATION_RESERVE, false, REPLIES(NOT_SENT(SCSI_NOT_PERMITTED), GOOD),
         "16", NT_STATUS_ACCESS_DENIED, 0, false},
        {"gone", RESERVATION_PR_OUT, false, REPLIES(NOT_SENT(SCSI_DEVICE_GONE), GOOD), "5f",
         NT_STATUS_DEVICE_DOES_NOT_EXIST, 0, false},
        {"no SCSI", RESERVATION_RESERVE, false, REPLIES(NOT_SENT(SCSI_NOT_SUPPORTED), GOOD), "16",
         NT_STATUS_INVALID_DEVICE_REQUEST, 0, false},
        {"no memory", RESERVATION_PR_IN, false, REPLIES(NOT_SENT(SCSI_NO_MEMORY), GOOD), "5e",
         NT_STATUS_INSUFFICIENT_RESOURCES, 0, false},
        {"bad address", RESERVATION_PR_IN, false, REPLIES(NOT_SENT(SCSI_BAD_ADDRESS), GOOD), "5e",
         NT_STATUS_ACCESS_VIOLATION, 0, false},
        {"other errno", RESERVATION_RELEASE, false, REPLIES(NOT_SENT(SCSI_TRANSPORT_FAILED), GOOD),
         "17", NT_STATUS_IO_DEVICE_ERROR, 0, false},
        {"gone at the second attempt", RESERVATION_PR_OUT, false,
         REPLIES(SENSE(6, 0x29, 0), NOT_SENT(SCSI_DEVICE_GONE), GOOD), "5f wait0 5f",
         NT_STATUS_DEVICE_DOES_NOT_EXIST, 0, false},
    };

    (void)state;
    expect_runs(rows, COUNT(rows));
}

static void every_attempt_carries_timeout_and_parameter_list(void **state)
{
    static const struct scripted_reply replies[] = {SENSE(0xb, 0, 0), HOST(0x08), GOOD};
    struct scripted_disk disk = {.replies = replies, .reply_count = COUNT(replies)};
    struct reservation_plan plan = scripted_plan(RESERVATION_PR_OUT);

    (void)state;
    run(&disk, RESERVATION_PR_OUT);
    EXPECT(disk.command_count, 3, "attempts");
    for (uint32_t i = 0; i < 3; i++) {
        EXPECT(disk.commands[i].timeout_ms, SCRIPTED_TIMEOUT_MS, "attempt %u", i + 1);
        EXPECT(disk.commands[i].transfer_length, 24, "attempt %u", i + 1);
        EXPECT_BYTES(disk.data[i], plan.parameter_list, 24, "attempt %u", i + 1);
    }
}

/* The trace names the last command together with its own result. */
static void the_outcome_keeps_the_last_command_and_its_result(void **state)
{
    static const struct scripted_reply refused[] = {SENSE(6, 0x29, 0), SENSE(5, 0x20, 0)};
    static const struct scripted_reply gone[] = {SENSE(6, 0x29, 0), NOT_SENT(SCSI_DEVICE_GONE)};
    struct scripted_disk first = {.replies = refused, .reply_count = 2};
    struct scripted_disk second = {.replies = gone, .reply_count = 2};
    struct reservation_outcome outcome = run(&first, RESERVATION_PR_OUT);

    (void)state;
    EXPECT(outcome.command.cdb[0], 0x5f, "refused");
    EXPECT(outcome.result.status, 0x02, "refused");
    EXPECT(outcome.result.sense[12], 0x20, "refused");
    EXPECT(outcome.transport_error, SCSI_SENT, "refused");
    EXPECT(outcome.attempts, 2, "refused");
    outcome = run(&second, RESERVATION_RESERVE);
    EXPECT(outcome.command.cdb[0], 0x16, "gone");
    EXPECT(outcome.result.os_error != 0, true, "gone");
    EXPECT(outcome.result.status, 0, "gone: nothing of the attempt before");
    EXPECT(outcome.result.sense_length, 0, "gone: nothing of the attempt before");
    EXPECT(outcome.transport_error, SCSI_DEVICE_GONE, "gone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attempts_end_at_five),
        cmocka_unit_test(what_is_final_is_sent_once),
        cmocka_unit_test(information_is_what_pr_in_returned),
        cmocka_unit_test(what_was_never_sent_is_not_sent_again_and_teaches_nothing),
        cmocka_unit_test(every_attempt_carries_timeout_and_parameter_list),
        cmocka_unit_test(the_outcome_keeps_the_last_command_and_its_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
