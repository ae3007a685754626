/* dll/scsi/command.h: the bytes that leave for the device. windows-behaviour 3. */
#include "../../dll/scsi/command.h"

#include "expect.h"
#include <string.h>

/* Whatever was in the command before must not show through. */
static struct scsi_command used_command(void)
{
    struct scsi_command command;

    memset(&command, 0xff, sizeof(command));
    return command;
}

static void expect_command(const struct scsi_command *command, const uint8_t *cdb,
                           uint8_t cdb_length, enum scsi_direction direction,
                           uint32_t transfer_length, const char *row)
{
    uint8_t whole[SCSI_CDB_MAX] = {0};

    memcpy(whole, cdb, cdb_length);
    EXPECT_BYTES(command->cdb, whole, sizeof(whole), "%s", row);
    EXPECT(command->cdb_length, cdb_length, "%s", row);
    EXPECT(command->direction, direction, "%s", row);
    EXPECT(command->transfer_length, transfer_length, "%s", row);
    EXPECT(command->data == NULL, true, "%s", row);
    EXPECT(command->timeout_ms, 0, "%s", row);
}

/* SPC-2 7.17 to 7.20 and 7.25: no logical unit bits, no extents, no third party, no control. */
static void commands_without_data_are_all_zero_behind_the_opcode(void **state)
{
    static const struct {
        const char *name;
        enum scsi_opcode opcode;
        uint8_t value;
        uint8_t length;
    } rows[] = {
        {"TEST UNIT READY", SCSI_TEST_UNIT_READY, 0x00, 6},
        {"RESERVE(6)", SCSI_RESERVE_6, 0x16, 6},
        {"RELEASE(6)", SCSI_RELEASE_6, 0x17, 6},
        {"RESERVE(10)", SCSI_RESERVE_10, 0x56, 10},
        {"RELEASE(10)", SCSI_RELEASE_10, 0x57, 10},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scsi_command command = used_command();
        const uint8_t cdb[10] = {rows[i].value};

        scsi_build_plain(&command, rows[i].opcode);
        expect_command(&command, cdb, rows[i].length, SCSI_NO_DATA, 0, rows[i].name);
    }
}

/* SPC-4 6.15: the allocation length is big endian at bytes 7 and 8, and is what is transferred. */
/* SPC-4 6.4: EVPD is on where there is a page. */
static void inquiry_carries_page_and_allocation_length(void **state)
{
    static const uint8_t standard[6] = {0x12, 0, 0, 0, 36}, page[6] = {0x12, 1, 0x83, 0, 255};
    struct scsi_command command = used_command();

    (void)state;
    scsi_build_inquiry(&command, 0, 36);
    expect_command(&command, standard, 6, SCSI_DATA_IN, 36, "standard data");
    scsi_build_inquiry(&command, 0x83, 255);
    expect_command(&command, page, 6, SCSI_DATA_IN, 255, "device identification");
}

static void pr_in_carries_service_action_and_allocation_length(void **state)
{
    static const struct {
        const char *name;
        uint8_t service_action;
        uint16_t allocation_length;
        uint8_t cdb[10];
    } rows[] = {
        {"READ KEYS, header only", 0, 8, {0x5e, 0, 0, 0, 0, 0, 0, 0, 8, 0}},
        {"READ KEYS, 255", 0, 0xff, {0x5e, 0, 0, 0, 0, 0, 0, 0, 0xff, 0}},
        {"READ KEYS, 256", 0, 0x100, {0x5e, 0, 0, 0, 0, 0, 0, 1, 0, 0}},
        {"READ RESERVATION, 0x1234", 1, 0x1234, {0x5e, 1, 0, 0, 0, 0, 0, 0x12, 0x34, 0}},
        {"READ RESERVATION, most", 1, 0xffff, {0x5e, 1, 0, 0, 0, 0, 0, 0xff, 0xff, 0}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scsi_command command = used_command();

        scsi_build_pr_in(&command, rows[i].service_action, rows[i].allocation_length);
        expect_command(&command, rows[i].cdb, 10, SCSI_DATA_IN, rows[i].allocation_length,
                       rows[i].name);
    }
}

/* SPC-4 6.16: byte 2 is scope and type as they come; the parameter list is always 24 bytes. */
static void pr_out_carries_service_action_scope_and_type(void **state)
{
    (void)state;
    for (unsigned int action = 0; action < 32; action++) {
        for (unsigned int byte = 0; byte < 256; byte++) {
            const uint8_t cdb[10] = {0x5f, (uint8_t)action, (uint8_t)byte, 0, 0, 0, 0, 0, 24, 0};
            struct scsi_command command = used_command();

            scsi_build_pr_out(&command, (uint8_t)action, (uint8_t)byte);
            expect_command(&command, cdb, 10, SCSI_DATA_OUT, 24, "PERSISTENT RESERVE OUT");
        }
    }
}

/* SAM-5 5.3.1; the numbers themselves, as the transports compare against them. */
static void status_codes_are_the_standards(void **state)
{
    (void)state;
    EXPECT(SCSI_STATUS_GOOD, 0x00, "GOOD");
    EXPECT(SCSI_STATUS_CHECK_CONDITION, 0x02, "CHECK CONDITION");
    EXPECT(SCSI_STATUS_BUSY, 0x08, "BUSY");
    EXPECT(SCSI_STATUS_RESERVATION_CONFLICT, 0x18, "RESERVATION CONFLICT");
    EXPECT(SCSI_STATUS_TASK_SET_FULL, 0x28, "TASK SET FULL");
    EXPECT(SCSI_STATUS_ACA_ACTIVE, 0x30, "ACA ACTIVE");
    EXPECT(SCSI_STATUS_TASK_ABORTED, 0x40, "TASK ABORTED");
    EXPECT(SCSI_SENSE_MAX, 252, "SPC-4 4.5.1");
    EXPECT(SCSI_PR_OUT_PARAMETER_LENGTH, 24, "SPC-4 6.16.3");
}

/* SBC-3 5.11, 5.13, 5.32 and 5.34; ten bytes reach 2 TiB of 512-byte blocks. */
static void reads_and_writes_are_as_long_as_they_need(void **state)
{
    static const struct {
        const char *name;
        struct scsi_extent extent;
        uint32_t bytes;
        uint8_t cdb_length;
        uint8_t tail[15]; /* behind the operation code */
    } rows[] = {
        {"no block", {0, 0, 512}, 0, 10, {0}},
        {"one", {1, 1, 512}, 512, 10, {0, 0, 0, 0, 1, 0, 0, 1, 0}},
        {"64 KiB of 4096", {0x123456, 16, 4096}, 65536, 10, {0, 0, 0x12, 0x34, 0x56, 0, 0, 16, 0}},
        {"the last of ten", {0xfffffffe, 1, 512}, 512, 10, {0, 0xff, 0xff, 0xff, 0xfe, 0, 0, 1, 0}},
        {"beyond ten",
         {0xffffffff, 1, 512},
         512,
         16,
         {0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0, 0}},
        {"many blocks",
         {0x0102030405060708, 0x10000, 512},
         0x2000000,
         16,
         {0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 0, 0, 0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        const bool is_write = i % 2;
        struct scsi_command command = used_command();
        uint8_t cdb[SCSI_CDB_MAX];

        cdb[0] = rows[i / 2].cdb_length == 10 ? (is_write ? 0x2a : 0x28) : (is_write ? 0x8a : 0x88);
        memcpy(cdb + 1, rows[i / 2].tail, sizeof(rows[0].tail));
        scsi_build_transfer(&command, is_write, rows[i / 2].extent);
        expect_command(&command, cdb, rows[i / 2].cdb_length,
                       rows[i / 2].bytes == 0 ? SCSI_NO_DATA
                       : is_write             ? SCSI_DATA_OUT
                                              : SCSI_DATA_IN,
                       rows[i / 2].bytes, rows[i / 2].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_without_data_are_all_zero_behind_the_opcode),
        cmocka_unit_test(inquiry_carries_page_and_allocation_length),
        cmocka_unit_test(pr_in_carries_service_action_and_allocation_length),
        cmocka_unit_test(pr_out_carries_service_action_scope_and_type),
        cmocka_unit_test(status_codes_are_the_standards),
        cmocka_unit_test(reads_and_writes_are_as_long_as_they_need),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
