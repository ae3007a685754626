/* dll/scsi/names.h: what trace and command line call a number. The names are the standards'. */
#include "../../dll/scsi/names.h"

#include "expect.h"

static void what_we_send_has_its_standards_name(void **state)
{
    const struct {
        const char *seen, *expected;
    } rows[] = {
        {scsi_opcode_name(0x00), "TEST UNIT READY"},
        {scsi_opcode_name(0x16), "RESERVE(6)"},
        {scsi_opcode_name(0x17), "RELEASE(6)"},
        {scsi_opcode_name(0x56), "RESERVE(10)"},
        {scsi_opcode_name(0x57), "RELEASE(10)"},
        {scsi_opcode_name(0x5e), "PERSISTENT RESERVE IN"},
        {scsi_opcode_name(0x5f), "PERSISTENT RESERVE OUT"},
        {scsi_opcode_name(0x28), "READ(10)"},
        {scsi_opcode_name(0x8a), "WRITE(16)"},
        {scsi_opcode_name(0x29), "?"},
        {scsi_pr_in_action_name(0), "READ KEYS"},
        {scsi_pr_in_action_name(1), "READ RESERVATION"},
        {scsi_pr_in_action_name(4), "?"},
        {scsi_pr_out_action_name(0), "REGISTER"},
        {scsi_pr_out_action_name(5), "PREEMPT AND ABORT"},
        {scsi_pr_out_action_name(6), "REGISTER AND IGNORE EXISTING KEY"},
        {scsi_pr_out_action_name(9), "?"},
        {scsi_pr_type_name(1), "Write Exclusive"},
        {scsi_pr_type_name(3), "Exclusive Access"},
        {scsi_pr_type_name(5), "Write Exclusive - Registrants Only"},
        {scsi_pr_type_name(6), "Exclusive Access - Registrants Only"},
        {scsi_pr_type_name(7), "Write Exclusive - All Registrants"},
        {scsi_pr_type_name(8), "Exclusive Access - All Registrants"},
        {scsi_pr_type_name(0), "?"},
        {scsi_pr_type_name(2), "?"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_TEXT(rows[i].seen, rows[i].expected, "row %zu", i + 1);
}

static void what_comes_back_has_its_standards_name(void **state)
{
    const struct {
        const char *seen, *expected;
    } rows[] = {
        {scsi_status_name(0x00), "GOOD"},
        {scsi_status_name(0x02), "CHECK CONDITION"},
        {scsi_status_name(0x08), "BUSY"},
        {scsi_status_name(0x18), "RESERVATION CONFLICT"},
        {scsi_status_name(0x28), "TASK SET FULL"},
        {scsi_status_name(0x03), "?"},
        {scsi_host_name(0x00), "DID_OK"},
        {scsi_host_name(0x01), "DID_NO_CONNECT"},
        {scsi_host_name(0x0f), "DID_TRANSPORT_FAILFAST"},
        {scsi_host_name(0x11), "DID_NEXUS_FAILURE"},
        {scsi_host_name(0x15), "?"},
        {scsi_sense_key_name(0x0), "NO SENSE"},
        {scsi_sense_key_name(0x5), "ILLEGAL REQUEST"},
        {scsi_sense_key_name(0x6), "UNIT ATTENTION"},
        {scsi_sense_key_name(0xb), "ABORTED COMMAND"},
        {scsi_sense_key_name(0x10), "?"},
        {scsi_additional_sense_name(0x29, 0x00), "power on, reset, or bus device reset occurred"},
        {scsi_additional_sense_name(0x2a, 0x03), "reservations preempted"},
        {scsi_additional_sense_name(0x2a, 0x05), "registrations preempted"},
        {scsi_additional_sense_name(0x55, 0x04), "insufficient registration resources"},
        {scsi_additional_sense_name(0xff, 0xff), "?"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_TEXT(rows[i].seen, rows[i].expected, "row %zu", i + 1);
}

/* Every status, host code and sense key that the judge knows is named; nothing is ever NULL. */
static void nothing_the_judge_knows_is_without_a_name(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 256; i++) {
        uint8_t byte = (uint8_t)i;

        assert_non_null(scsi_opcode_name(byte));
        assert_non_null(scsi_status_name(byte));
        assert_non_null(scsi_pr_in_action_name(byte));
        assert_non_null(scsi_pr_out_action_name(byte));
        assert_non_null(scsi_pr_type_name(byte));
        EXPECT(scsi_host_name(byte)[0] == '?', i > 0x14, "host code 0x%02x", i);
        EXPECT(scsi_sense_key_name(byte)[0] == '?', i > 0xf || i == 0xc, "sense key 0x%x", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_we_send_has_its_standards_name),
        cmocka_unit_test(what_comes_back_has_its_standards_name),
        cmocka_unit_test(nothing_the_judge_knows_is_without_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
