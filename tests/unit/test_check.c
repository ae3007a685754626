/* dll/reservation/check.c: access, and the requests beside PERSISTENT RESERVE IN and OUT, which
 * have files of their own. windows-behaviour 2.1, 2.3 and 5; semantics 4. */
#include "draft.h"
#include "expect.h"
#include <string.h>

/* windows-behaviour 2.1 step 4: every access bit of the code must be granted. Comes before all
 * else: these requests have no input at all. */
static void access_is_checked_first(void **state)
{
    static const struct {
        const char *name;
        uint32_t code, required;
        int32_t status; /* once access is granted */
    } rows[] = {
        {"RESERVE", RESERVE, READ, NT_STATUS_PENDING},
        {"RELEASE", RELEASE, READ, NT_STATUS_PENDING},
        {"DISK_RESERVE", 0x00074810, READ, NT_STATUS_PENDING},
        {"DISK_RELEASE", 0x00074814, READ, NT_STATUS_PENDING},
        {"PR IN", PR_IN, READ, NT_STATUS_INFO_LENGTH_MISMATCH},
        {"PR OUT", PR_OUT, READ | WRITE, NT_STATUS_INFO_LENGTH_MISMATCH},
        {"BREAK_RESERVATION", BREAK, READ, NT_STATUS_INVALID_PARAMETER},
        {"RESET_BUS", RESET_BUS, READ, NT_STATUS_INVALID_PARAMETER},
        {"RESET_DEVICE", 0x002d5004, READ, NT_STATUS_INVALID_DEVICE_REQUEST},
        {"OBSOLETE RESET_BUS", 0x002dd000, READ | WRITE, NT_STATUS_INVALID_DEVICE_REQUEST},
        {"OBSOLETE RESET_DEVICE", 0x002dd004, READ | WRITE, NT_STATUS_INVALID_DEVICE_REQUEST},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (uint32_t access = 0; access <= 3; access++) {
            struct draft draft = {rows[i].code, access, 0, 0, {0}};
            bool granted = (access & rows[i].required) == rows[i].required;

            EXPECT_PREPARE(draft, granted ? rows[i].status : NT_STATUS_ACCESS_DENIED,
                           "%s with access %u", rows[i].name, access);
        }
    }
}

/* windows-behaviour 5: whatever the input looks like. */
static void reset_device_and_the_obsolete_codes_are_refused_with_any_input(void **state)
{
    static const uint32_t codes[] = {0x002d5004, 0x002dd000, 0x002dd004};

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct draft draft = good_pr_out();

        draft.code = codes[i];
        EXPECT_PREPARE(draft, NT_STATUS_INVALID_DEVICE_REQUEST, "0x%08x", codes[i]);
    }
}

static void a_foreign_code_never_gets_a_plan(void **state)
{
    static const uint32_t codes[] = {0x00000000, 0x00075018, 0x0007d01c, 0x002d1400, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct draft draft = good_pr_out();

        draft.code = codes[i];
        EXPECT_PREPARE(draft, NT_STATUS_INVALID_DEVICE_REQUEST, "0x%08x", codes[i]);
    }
}

/* windows-behaviour 2.3. */
static void reserve_and_release_ignore_their_buffers(void **state)
{
    static const struct {
        uint32_t code;
        enum reservation_action action;
        uint8_t opcode;
    } rows[] = {{RESERVE, RESERVATION_RESERVE, 0x16},
                {RELEASE, RESERVATION_RELEASE, 0x17},
                {0x00074810, RESERVATION_RESERVE, 0x16},
                {0x00074814, RESERVATION_RELEASE, 0x17}};
    static const uint32_t lengths[] = {0, 1, 12, 36, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t j = 0; j < COUNT(lengths); j++) {
            struct draft draft = {rows[i].code, READ, lengths[j], lengths[j], {0xff, 0xff}};
            struct reservation_plan plan;

            EXPECT_STATUS(prepare(&draft, &plan), NT_STATUS_PENDING, "0x%08x, %u bytes",
                          rows[i].code, lengths[j]);
            EXPECT(plan.action, rows[i].action, "0x%08x", rows[i].code);
            EXPECT(plan.command.cdb[0], rows[i].opcode, "0x%08x", rows[i].code);
            EXPECT(plan.command.cdb_length, 6, "0x%08x", rows[i].code);
            EXPECT(plan.command.direction, SCSI_NO_DATA, "0x%08x", rows[i].code);
            EXPECT(plan.command.transfer_length, 0, "0x%08x", rows[i].code);
        }
    }
}

/* semantics 4: 8 bytes of input, Length at least 8, the address not used. */
static void break_needs_8_bytes_and_a_length_of_8(void **state)
{
    static const struct {
        uint32_t input_length, length;
        bool accepted;
    } rows[] = {
        {0, 8, false},         {1, 8, false}, {4, 8, false},         {7, 8, false},
        {8, 0, false},         {8, 7, false}, {8, 8, true},          {8, 9, true},
        {8, 0xffffffff, true}, {9, 8, true},  {8, 0x08000000, true}, {64, 7, false},
        {0xffffffff, 8, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct draft draft = {BREAK, READ, rows[i].input_length, 0, {0}};

        put_le32(draft.input, rows[i].length);
        EXPECT_PREPARE(draft, rows[i].accepted ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                       "%u bytes, Length %u", rows[i].input_length, rows[i].length);
        memset(draft.input + 4, 0xff, 4);
        EXPECT_PREPARE(draft, rows[i].accepted ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                       "%u bytes, Length %u, another address", rows[i].input_length,
                       rows[i].length);
    }
}

/* semantics 4: STORAGE_BUS_RESET_REQUEST is one byte, any. */
static void reset_bus_needs_one_byte(void **state)
{
    static const uint32_t lengths[] = {0, 1, 2, 8, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct draft draft = {RESET_BUS, READ, lengths[i], 0, {0xff}};

        EXPECT_PREPARE(draft, lengths[i] ? NT_STATUS_PENDING : NT_STATUS_INVALID_PARAMETER,
                       "%u bytes", lengths[i]);
    }
}

static void resets_are_planned_as_such(void **state)
{
    struct draft on_break = {BREAK, READ, 8, 0, {8}}, on_bus = {RESET_BUS, READ, 1, 0, {0}};
    struct reservation_plan plan;

    (void)state;
    EXPECT_STATUS(prepare(&on_break, &plan), NT_STATUS_PENDING, "BREAK_RESERVATION");
    EXPECT(plan.action, RESERVATION_BREAK, "BREAK_RESERVATION");
    EXPECT_STATUS(prepare(&on_bus, &plan), NT_STATUS_PENDING, "RESET_BUS");
    EXPECT(plan.action, RESERVATION_RESET_BUS, "RESET_BUS");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(access_is_checked_first),
        cmocka_unit_test(reset_device_and_the_obsolete_codes_are_refused_with_any_input),
        cmocka_unit_test(a_foreign_code_never_gets_a_plan),
        cmocka_unit_test(reserve_and_release_ignore_their_buffers),
        cmocka_unit_test(break_needs_8_bytes_and_a_length_of_8),
        cmocka_unit_test(reset_bus_needs_one_byte),
        cmocka_unit_test(resets_are_planned_as_such),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
