/* dll/reservation/check.c: PERSISTENT RESERVE OUT. windows-behaviour 2.6. */
#include "draft.h"
#include "expect.h"

static bool is_known_action(unsigned int action)
{
    return action <= 6;
}

static bool checks_scope_and_type(unsigned int action)
{
    return action == 1 || action == 2 || action == 4 || action == 5;
}

static bool is_good_scope_and_type(unsigned int byte)
{
    unsigned int scope = byte >> 4, type = byte & 0x0f;

    return (scope == 0 || scope == 2) && (type == 1 || type == 3 || type == 5 || type == 6);
}

/* windows-behaviour 2.6 step 1: every service action with every scope and type. What is not checked
 * goes to the device as it is. */
static void pr_out_accepts_what_windows_accepts_of_action_scope_and_type(void **state)
{
    (void)state;
    for (unsigned int action = 0; action < 32; action++) {
        for (unsigned int byte = 0; byte < 256; byte++) {
            struct draft draft = good_pr_out();
            struct reservation_plan plan;
            bool accepted = is_known_action(action) &&
                            (!checks_scope_and_type(action) || is_good_scope_and_type(byte));

            draft.input[8] = (uint8_t)action;
            draft.input[9] = (uint8_t)byte;
            EXPECT_STATUS(prepare(&draft, &plan),
                          accepted ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                          "action %u, scope and type 0x%02x", action, byte);
            if (!accepted)
                continue;
            EXPECT(plan.command.cdb[1], action, "action %u", action);
            EXPECT(plan.command.cdb[2], byte, "action %u", action);
        }
    }
}

/* windows-behaviour 1.2 and 2.4: the reserved bits beside the service action reach nobody. */
static void pr_out_never_reads_reserved1(void **state)
{
    (void)state;
    for (unsigned int reserved = 0; reserved < 8; reserved++) {
        struct draft draft = good_pr_out();
        struct reservation_plan plan;

        draft.input[8] = (uint8_t)(reserved << 5 | 4);
        EXPECT_STATUS(prepare(&draft, &plan), NT_STATUS_PENDING, "Reserved1 %u", reserved);
        EXPECT(plan.command.cdb[1], 4, "Reserved1 %u", reserved);
    }
}

/* windows-behaviour 2.6 step 2: 36 bytes although 34 are used, and Size at least the input's. */
static void pr_out_needs_36_bytes_and_a_size_that_covers_them(void **state)
{
    static const struct {
        uint32_t input_length, size;
        bool accepted;
    } rows[] = {
        {12, 12, false},
        {12, 36, false},
        {33, 36, false},
        {34, 34, false},
        {34, 36, false},
        {35, 35, false},
        {35, 36, false},
        {36, 12, false},
        {36, 34, false},
        {36, 35, false},
        {36, 36, true},
        {36, 37, true},
        {36, 0xffffffff, true},
        {37, 36, false},
        {37, 37, true},
        {37, 38, true},
        {48, 48, true},
        {64, 36, false},
        {64, 63, false},
        {64, 64, true},
        {0xffffffff, 36, false},
        {0xffffffff, 0xfffffffe, false},
        {0xffffffff, 0xffffffff, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct draft draft = good_pr_out();

        draft.input_length = rows[i].input_length;
        set_size(&draft, rows[i].size);
        EXPECT_PREPARE(draft, rows[i].accepted ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                       "%u bytes, Size %u", rows[i].input_length, rows[i].size);
    }
}

/* The parameter list is bytes 10 to 33, untouched; windows-behaviour 1.2. */
static void pr_out_takes_the_parameter_list_from_byte_10(void **state)
{
    static const uint8_t cdb[10] = {0x5f, 1, 6, 0, 0, 0, 0, 0, 24, 0};
    struct draft draft = good_pr_out();
    struct reservation_plan plan;

    (void)state;
    EXPECT_STATUS(prepare(&draft, &plan), NT_STATUS_PENDING, "RESERVE");
    EXPECT(plan.action, RESERVATION_PR_OUT, "RESERVE");
    EXPECT(plan.command.cdb_length, 10, "RESERVE");
    EXPECT_BYTES(plan.command.cdb, cdb, sizeof(cdb), "RESERVE");
    EXPECT(plan.command.direction, SCSI_DATA_OUT, "RESERVE");
    EXPECT(plan.command.transfer_length, 24, "RESERVE");
    EXPECT_BYTES(plan.parameter_list, draft.input + 10, 24, "RESERVE");
}

/* PR OUT does not look at the output buffer. */
static void pr_out_takes_any_output_length(void **state)
{
    static const uint32_t lengths[] = {0, 1, 23, 24, 64, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct draft draft = good_pr_out();

        draft.output_length = lengths[i];
        EXPECT_PREPARE(draft, NT_STATUS_PENDING, "OutputBufferLength %u", lengths[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pr_out_accepts_what_windows_accepts_of_action_scope_and_type),
        cmocka_unit_test(pr_out_never_reads_reserved1),
        cmocka_unit_test(pr_out_needs_36_bytes_and_a_size_that_covers_them),
        cmocka_unit_test(pr_out_takes_the_parameter_list_from_byte_10),
        cmocka_unit_test(pr_out_takes_any_output_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
