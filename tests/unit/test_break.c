/* dll/reservation/break.c: freeing a unit that another initiator holds, and the bus reset.
 * semantics 4. After each reset a TEST UNIT READY ("00" in the log) tells whether it helped. */
#include "expect.h"
#include "run_row.h"
#include <string.h>

#define RESETS(logical_unit, target, bus) \
    {                                     \
        logical_unit, target, bus         \
    }

struct break_row {
    const char *name;
    int reset_errors[3]; /* logical unit, target, bus */
    struct scripted_reply replies[8];
    size_t reply_count;
    const char *log;
    int32_t status;
};

static void expect_breaks(const struct break_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct break_row *row = &rows[i];
        struct scripted_disk disk = {.replies = row->replies, .reply_count = row->reply_count};
        struct reservation_outcome outcome;

        memcpy(disk.reset_errors, row->reset_errors, sizeof(disk.reset_errors));
        outcome = run(&disk, RESERVATION_BREAK);
        EXPECT_TEXT(disk.log, row->log, "%s", row->name);
        EXPECT_STATUS(outcome.status, row->status, "%s", row->name);
        EXPECT(outcome.information, 0, "%s", row->name);
        EXPECT(outcome.attempts, disk.command_count, "%s", row->name);
        EXPECT(disk.wants_ten_byte, 0, "%s", row->name);
    }
}

enum {
    SENT = SCSI_SENT,
    NO = SCSI_NOT_SUPPORTED,
    NONE = SCSI_NO_RESETS,
    FAILED = SCSI_TRANSPORT_FAILED
};

/* A reset that answers 0 and keeps the reservation has been seen twice; semantics 4. */
static void the_next_level_is_tried_while_the_unit_is_held(void **state)
{
    static const struct break_row rows[] = {
        {"freed by the logical unit reset", RESETS(SENT, SENT, SENT), REPLIES(GOOD), "lun 00",
         NT_STATUS_SUCCESS},
        {"freed by the target reset", RESETS(SENT, SENT, SENT), REPLIES(CONFLICT, GOOD),
         "lun 00 target 00", NT_STATUS_SUCCESS},
        {"freed by the bus reset", RESETS(SENT, SENT, SENT), REPLIES(CONFLICT, CONFLICT, GOOD),
         "lun 00 target 00 bus 00", NT_STATUS_SUCCESS},
        {"every reset lies", RESETS(SENT, SENT, SENT), REPLIES(CONFLICT), "lun 00 target 00 bus 00",
         NT_STATUS_IO_DEVICE_ERROR},
        {"held, said by the host code", RESETS(SENT, SENT, SENT), REPLIES(HOST(0x11), GOOD),
         "lun 00 target 00", NT_STATUS_SUCCESS},
    };

    (void)state;
    expect_breaks(rows, COUNT(rows));
}

static void a_reset_that_did_not_happen_is_skipped(void **state)
{
    static const struct break_row rows[] = {
        {"no logical unit reset", RESETS(NO, SENT, SENT), REPLIES(GOOD), "lun target 00",
         NT_STATUS_SUCCESS},
        {"only the bus", RESETS(NO, NO, SENT), REPLIES(GOOD), "lun target bus 00",
         NT_STATUS_SUCCESS},
        {"no target reset", RESETS(SENT, NO, SENT), REPLIES(CONFLICT, GOOD), "lun 00 target bus 00",
         NT_STATUS_SUCCESS},
        {"none at all: nothing was freed", RESETS(NO, NO, NO), REPLIES(GOOD), "lun target bus",
         NT_STATUS_IO_DEVICE_ERROR},
        {"a reset that failed", RESETS(FAILED, SENT, SENT), REPLIES(GOOD), "lun target 00",
         NT_STATUS_SUCCESS},
        {"all failed", RESETS(FAILED, FAILED, FAILED), REPLIES(GOOD), "lun target bus",
         NT_STATUS_IO_DEVICE_ERROR},
        {"the transport has none", RESETS(NONE, SENT, SENT), REPLIES(GOOD), "lun",
         NT_STATUS_INVALID_DEVICE_REQUEST},
        {"and none at all, said at the last", RESETS(NO, NO, NONE), REPLIES(GOOD), "lun target bus",
         NT_STATUS_INVALID_DEVICE_REQUEST},
        {"held, and no further level", RESETS(SENT, NO, NO), REPLIES(CONFLICT), "lun 00 target bus",
         NT_STATUS_IO_DEVICE_ERROR},
    };

    (void)state;
    expect_breaks(rows, COUNT(rows));
}

static void what_no_level_can_change_ends_it(void **state)
{
    enum { NOT_PERMITTED = SCSI_NOT_PERMITTED, GONE = SCSI_DEVICE_GONE };
    static const struct break_row rows[] = {
        {"not permitted", RESETS(NOT_PERMITTED, SENT, SENT), REPLIES(GOOD), "lun",
         NT_STATUS_ACCESS_DENIED},
        {"not permitted at the second", RESETS(NO, NOT_PERMITTED, SENT), REPLIES(GOOD),
         "lun target", NT_STATUS_ACCESS_DENIED},
        {"not permitted at the last", RESETS(SENT, SENT, NOT_PERMITTED), REPLIES(CONFLICT),
         "lun 00 target 00 bus", NT_STATUS_ACCESS_DENIED},
        {"gone", RESETS(GONE, SENT, SENT), REPLIES(GOOD), "lun", NT_STATUS_DEVICE_DOES_NOT_EXIST},
        {"gone when asked", RESETS(SENT, SENT, SENT), REPLIES(NOT_SENT(SCSI_DEVICE_GONE), GOOD),
         "lun 00", NT_STATUS_DEVICE_DOES_NOT_EXIST},
        {"not permitted to ask", RESETS(SENT, SENT, SENT),
         REPLIES(NOT_SENT(SCSI_NOT_PERMITTED), GOOD), "lun 00", NT_STATUS_ACCESS_DENIED},
    };

    (void)state;
    expect_breaks(rows, COUNT(rows));
}

/* A reset leaves a unit attention behind, and the disk may need a moment. */
static void unit_attentions_are_absorbed(void **state)
{
    static const struct break_row rows[] = {
        {"one", RESETS(SENT, SENT, SENT), REPLIES(SENSE(6, 0x29, 0), GOOD), "lun 00 wait0 00",
         NT_STATUS_SUCCESS},
        {"four, of several kinds", RESETS(SENT, SENT, SENT),
         REPLIES(SENSE(6, 0x29, 0x02), SENSE(6, 0x2a, 0x04), SENSE(6, 0x3f, 0x0e),
                 SENSE(6, 0x2a, 0x09), GOOD),
         "lun 00 wait0 00 wait0 00 wait5000 00 wait1000 00", NT_STATUS_SUCCESS},
        {"and then a conflict", RESETS(SENT, NO, NO), REPLIES(SENSE(6, 0x29, 0), CONFLICT),
         "lun 00 wait0 00 target bus", NT_STATUS_IO_DEVICE_ERROR},
        {"for ever: nothing is proven, the next level", RESETS(SENT, NO, NO),
         REPLIES(SENSE(6, 0x29, 0)), "lun 00 wait0 00 wait0 00 wait0 00 wait0 00 target bus",
         NT_STATUS_IO_DEVICE_ERROR},
        {"each level has five attempts of its own", RESETS(SENT, SENT, NO),
         REPLIES(SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0),
                 SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), GOOD),
         "lun 00 wait0 00 wait0 00 wait0 00 wait0 00 target 00 wait0 00 wait0 00",
         NT_STATUS_SUCCESS},
        {"for ever and at every level", RESETS(SENT, SENT, SENT), REPLIES(SENSE(6, 0x29, 0)),
         "lun 00 wait0 00 wait0 00 wait0 00 wait0 00 target 00 wait0 00 wait0 00 wait0 00 wait0 00 "
         "bus 00 wait0 00 wait0 00 wait0 00 wait0 00",
         NT_STATUS_IO_DEVICE_ERROR},
        {"host codes are repeated as well", RESETS(SENT, SENT, SENT), REPLIES(HOST(0x08), GOOD),
         "lun 00 wait500 00", NT_STATUS_SUCCESS},
    };

    (void)state;
    expect_breaks(rows, COUNT(rows));
}

/* SPC-3 5.6.1: a conflict is found before readiness is, so NOT READY came past it. */
static void not_ready_counts_as_free(void **state)
{
    static const struct break_row rows[] = {
        {"becoming ready", RESETS(SENT, SENT, SENT), REPLIES(SENSE(2, 0x04, 0x01)), "lun 00",
         NT_STATUS_SUCCESS},
        {"no medium", RESETS(SENT, SENT, SENT), REPLIES(SENSE(2, 0x3a, 0x00)), "lun 00",
         NT_STATUS_SUCCESS},
        {"behind a unit attention", RESETS(SENT, SENT, SENT),
         REPLIES(SENSE(6, 0x29, 0), SENSE(2, 0x04, 0x02)), "lun 00 wait0 00", NT_STATUS_SUCCESS},
        {"a conflict with such sense is still a conflict", RESETS(SENT, NO, NO),
         REPLIES(CONFLICT_SENSE(2, 0x04, 0x00)), "lun 00 target bus", NT_STATUS_IO_DEVICE_ERROR},
    };

    (void)state;
    expect_breaks(rows, COUNT(rows));
}

static void an_error_that_proves_nothing_leads_to_the_next_level(void **state)
{
    static const struct break_row rows[] = {
        {"hardware error", RESETS(SENT, SENT, SENT), REPLIES(SENSE(4, 0x44, 0), GOOD),
         "lun 00 target 00", NT_STATUS_SUCCESS},
        {"no sense", RESETS(SENT, SENT, SENT), REPLIES(SENSE(0, 0, 0), CONFLICT, GOOD),
         "lun 00 wait500 00 target 00", NT_STATUS_SUCCESS},
        {"what a command that was not sent left behind", RESETS(SENT, SENT, SENT),
         REPLIES({.error = SCSI_TRANSPORT_FAILED, .sense_length = 18, .key = 2}, GOOD),
         "lun 00 target 00", NT_STATUS_SUCCESS},
        {"lost its path", RESETS(SENT, SENT, SENT), REPLIES(HOST(0x01), GOOD), "lun 00 target 00",
         NT_STATUS_SUCCESS},
        {"lost it for good", RESETS(SENT, SENT, SENT), REPLIES(HOST(0x01)),
         "lun 00 target 00 bus 00", NT_STATUS_IO_DEVICE_ERROR},
        {"could not be asked", RESETS(SENT, SENT, SENT),
         REPLIES(NOT_SENT(SCSI_TRANSPORT_FAILED), GOOD), "lun 00 target 00", NT_STATUS_SUCCESS},
    };

    (void)state;
    expect_breaks(rows, COUNT(rows));
}

static void it_asks_with_test_unit_ready(void **state)
{
    static const struct scripted_reply replies[] = {GOOD};
    static const uint8_t test_unit_ready[SCSI_CDB_MAX] = {0};
    struct scripted_disk disk = {.replies = replies, .reply_count = 1};

    (void)state;
    run(&disk, RESERVATION_BREAK);
    EXPECT(disk.commands[0].cdb_length, 6, "TEST UNIT READY");
    EXPECT_BYTES(disk.commands[0].cdb, test_unit_ready, SCSI_CDB_MAX, "TEST UNIT READY");
    EXPECT(disk.commands[0].direction, SCSI_NO_DATA, "TEST UNIT READY");
    EXPECT(disk.commands[0].timeout_ms, SCRIPTED_TIMEOUT_MS, "TEST UNIT READY");
}

/* IOCTL_STORAGE_RESET_BUS: the bus step alone, and nothing is asked afterwards. */
static void reset_bus_is_one_reset(void **state)
{
    static const struct {
        const char *name;
        int error;
        int32_t status;
    } rows[] = {
        {"done", SCSI_SENT, NT_STATUS_SUCCESS},
        {"not permitted", SCSI_NOT_PERMITTED, NT_STATUS_ACCESS_DENIED},
        {"gone", SCSI_DEVICE_GONE, NT_STATUS_DEVICE_DOES_NOT_EXIST},
        {"not supported", SCSI_NOT_SUPPORTED, NT_STATUS_INVALID_DEVICE_REQUEST},
        {"no resets", SCSI_NO_RESETS, NT_STATUS_INVALID_DEVICE_REQUEST},
        {"failed", SCSI_TRANSPORT_FAILED, NT_STATUS_IO_DEVICE_ERROR},
    };
    static const struct scripted_reply replies[] = {GOOD};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scripted_disk disk = {.replies = replies, .reply_count = 1};
        struct reservation_outcome outcome;

        disk.reset_errors[SCSI_RESET_BUS] = rows[i].error;
        outcome = run(&disk, RESERVATION_RESET_BUS);
        EXPECT_TEXT(disk.log, "bus", "%s", rows[i].name);
        EXPECT_STATUS(outcome.status, rows[i].status, "%s", rows[i].name);
        EXPECT(outcome.information, 0, "%s", rows[i].name);
        EXPECT(outcome.transport_error, rows[i].error, "%s", rows[i].name);
        EXPECT(outcome.result.os_error != 0, rows[i].error != SCSI_SENT, "%s", rows[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_level_is_tried_while_the_unit_is_held),
        cmocka_unit_test(a_reset_that_did_not_happen_is_skipped),
        cmocka_unit_test(what_no_level_can_change_ends_it),
        cmocka_unit_test(unit_attentions_are_absorbed),
        cmocka_unit_test(not_ready_counts_as_free),
        cmocka_unit_test(an_error_that_proves_nothing_leads_to_the_next_level),
        cmocka_unit_test(it_asks_with_test_unit_ready),
        cmocka_unit_test(reset_bus_is_one_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
