/* dll/reservation/check.c: what both directions of PERSISTENT RESERVE share, and PERSISTENT RESERVE
 * IN. windows-behaviour 2.4 and 2.5. */
#include "draft.h"
#include "expect.h"

/* windows-behaviour 2.4: InputBufferLength and Size, each at least 12, before anything else. */
static void both_directions_need_a_header_and_a_size_of_12(void **state)
{
    static const struct {
        uint32_t input_length, size;
        bool has_header;
    } rows[] = {
        {0, 12, false},  {1, 12, false},          {7, 12, false},         {8, 12, false},
        {11, 12, false}, {11, 0xffffffff, false}, {12, 12, true},         {13, 12, true},
        {12, 0, false},  {12, 11, false},         {36, 11, false},        {36, 0, false},
        {12, 13, true},  {12, 256, true},         {12, 0x0c000000, true}, {12, 0xffffffff, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct draft draft = good_pr_in();

        draft.input_length = rows[i].input_length;
        set_size(&draft, rows[i].size);
        EXPECT_PREPARE(draft,
                       rows[i].has_header ? NT_STATUS_PENDING : NT_STATUS_INFO_LENGTH_MISMATCH,
                       "PR IN, %u bytes, Size %u", rows[i].input_length, rows[i].size);
        draft.input[8] = 0x1f; /* no such service action: the header is checked first */
        EXPECT_PREPARE(draft,
                       rows[i].has_header ? NT_STATUS_INVALID_PARAMETER
                                          : NT_STATUS_INFO_LENGTH_MISMATCH,
                       "PR IN, bad action, %u bytes, Size %u", rows[i].input_length, rows[i].size);
        draft.code = PR_OUT;
        EXPECT_PREPARE(draft,
                       rows[i].has_header ? NT_STATUS_INVALID_PARAMETER
                                          : NT_STATUS_INFO_LENGTH_MISMATCH,
                       "PR OUT, bad action, %u bytes, Size %u", rows[i].input_length, rows[i].size);
    }
}

/* windows-behaviour 2.4 point 3. */
static void version_is_never_read(void **state)
{
    static const uint32_t versions[] = {0, 1, 11, 12, 13, 0x0c000000, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < COUNT(versions); i++) {
        struct draft in = good_pr_in(), out = good_pr_out();

        put_le32(in.input, versions[i]);
        put_le32(out.input, versions[i]);
        EXPECT_PREPARE(in, NT_STATUS_PENDING, "PR IN, Version %u", versions[i]);
        EXPECT_PREPARE(out, NT_STATUS_PENDING, "PR OUT, Version %u", versions[i]);
    }
}

/* windows-behaviour 2.5. */
static void pr_in_accepts_only_the_first_two_service_actions(void **state)
{
    (void)state;
    for (unsigned int byte = 0; byte < 256; byte++) {
        struct draft draft = good_pr_in();
        struct reservation_plan plan;
        unsigned int action = byte & 0x1f;

        draft.input[8] = (uint8_t)byte; /* bits 5 to 7 are Reserved1, which is never read */
        EXPECT_STATUS(prepare(&draft, &plan),
                      action <= 1 ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                      "byte 8 is 0x%02x", byte);
        if (action <= 1)
            EXPECT(plan.command.cdb[1], action, "byte 8 is 0x%02x", byte);
    }
}

/* windows-behaviour 2.5: at least 8, at most the output buffer. */
static void pr_in_bounds_the_allocation_length(void **state)
{
    static const struct {
        uint16_t allocation_length;
        uint32_t output_length;
        bool accepted;
    } rows[] = {
        {0, 0, false},
        {0, 64, false},
        {7, 7, false},
        {7, 8, false},
        {7, 64, false},
        {8, 7, false},
        {8, 8, true},
        {8, 9, true},
        {9, 8, false},
        {64, 63, false},
        {64, 64, true},
        {64, 65, true},
        {64, 0, false},
        {0x100, 0xff, false},
        {0x100, 0x100, true},
        {0x0800, 0x800, true},
        {0xffff, 0xfffe, false},
        {0xffff, 0xffff, true},
        {0xffff, 0x10000, true},
        {8, 0xffffffff, true},
        {64, 0x10000, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (uint8_t action = 0; action <= 1; action++) {
            struct draft draft = good_pr_in();

            draft.input[8] = action;
            draft.input[10] = (uint8_t)rows[i].allocation_length;
            draft.input[11] = (uint8_t)(rows[i].allocation_length >> 8);
            draft.output_length = rows[i].output_length;
            EXPECT_PREPARE(draft,
                           rows[i].accepted ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                           "action %u, AllocationLength %u, OutputBufferLength %u", action,
                           rows[i].allocation_length, rows[i].output_length);
        }
    }
}

/* AllocationLength is the host's order in the input and SCSI's in the CDB; semantics 1: it, and not
 * OutputBufferLength, is the length of the transfer. */
static void pr_in_builds_its_command_from_the_input(void **state)
{
    static const uint8_t cdb[10] = {0x5e, 1, 0, 0, 0, 0, 0, 0x12, 0x34, 0};
    struct draft draft = good_pr_in();
    struct reservation_plan plan;

    (void)state;
    draft.input[8] = 1;
    draft.input[9] = 0xff; /* padding */
    draft.input[10] = 0x34;
    draft.input[11] = 0x12;
    draft.output_length = 0x20000;
    EXPECT_STATUS(prepare(&draft, &plan), NT_STATUS_PENDING, "READ RESERVATION");
    EXPECT(plan.action, RESERVATION_PR_IN, "READ RESERVATION");
    EXPECT(plan.command.cdb_length, 10, "READ RESERVATION");
    EXPECT_BYTES(plan.command.cdb, cdb, sizeof(cdb), "READ RESERVATION");
    EXPECT(plan.command.direction, SCSI_DATA_IN, "READ RESERVATION");
    EXPECT(plan.command.transfer_length, 0x1234, "READ RESERVATION");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_directions_need_a_header_and_a_size_of_12),
        cmocka_unit_test(version_is_never_read),
        cmocka_unit_test(pr_in_accepts_only_the_first_two_service_actions),
        cmocka_unit_test(pr_in_bounds_the_allocation_length),
        cmocka_unit_test(pr_in_builds_its_command_from_the_input),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
