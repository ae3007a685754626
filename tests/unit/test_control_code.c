/* dll/reservation/control_code.h: which codes are ours and what they ask for. windows-behaviour
 * 1.1 and 5, semantics 1 (aliases) and 5 (all else goes to Wine). */
#include "../../dll/reservation/control_code.h"

#include "expect.h"

static const struct {
    const char *name;
    uint32_t code;
    enum reservation_action action;
    uint32_t access; /* 1 read, 2 write */
} ours[] = {
    {"STORAGE_RESERVE", 0x002d4810, RESERVATION_RESERVE, 1},
    {"STORAGE_RELEASE", 0x002d4814, RESERVATION_RELEASE, 1},
    {"STORAGE_PERSISTENT_RESERVE_IN", 0x002d5018, RESERVATION_PR_IN, 1},
    {"STORAGE_PERSISTENT_RESERVE_OUT", 0x002dd01c, RESERVATION_PR_OUT, 3},
    {"STORAGE_BREAK_RESERVATION", 0x002d5014, RESERVATION_BREAK, 1},
    {"STORAGE_RESET_BUS", 0x002d5000, RESERVATION_RESET_BUS, 1},
    {"DISK_RESERVE", 0x00074810, RESERVATION_RESERVE, 1},
    {"DISK_RELEASE", 0x00074814, RESERVATION_RELEASE, 1},
    {"STORAGE_RESET_DEVICE", 0x002d5004, RESERVATION_REFUSE, 1},
    {"OBSOLETE_STORAGE_RESET_BUS", 0x002dd000, RESERVATION_REFUSE, 3},
    {"OBSOLETE_STORAGE_RESET_DEVICE", 0x002dd004, RESERVATION_REFUSE, 3},
};

static void our_codes_have_action_name_and_access(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ours); i++) {
        EXPECT(reservation_is_ours(ours[i].code), true, "%s", ours[i].name);
        EXPECT(reservation_action_of(ours[i].code), ours[i].action, "%s", ours[i].name);
        EXPECT_TEXT(reservation_control_code_name(ours[i].code), ours[i].name, "0x%08x",
                    ours[i].code);
        EXPECT(reservation_required_access(ours[i].code), ours[i].access, "%s", ours[i].name);
    }
}

static void expect_foreign(uint32_t code, const char *why)
{
    EXPECT(reservation_is_ours(code), false, "0x%08x, %s", code, why);
    EXPECT(reservation_action_of(code), RESERVATION_NOT_OURS, "0x%08x, %s", code, why);
    EXPECT_TEXT(reservation_control_code_name(code), "?", "0x%08x, %s", code, why);
}

/* windows-behaviour 8.1 and the aliases of 1.1 that are passed on. */
static void neighbours_go_to_wine(void **state)
{
    static const struct {
        uint32_t code;
        const char *name;
    } rows[] = {
        {0x00075018, "PR IN, disk-typed alias"},
        {0x0007d01c, "PR OUT, disk-typed alias"},
        {0x00024810, "RESERVE, CD-ROM-typed alias"},
        {0x001f4810, "RESERVE, tape-typed alias"},
        {0x00075014, "BREAK_RESERVATION, disk-typed"},
        {0x00075000, "RESET_BUS, disk-typed"},
        {0x002d501c, "PR OUT with read access alone"},
        {0x002d9018, "PR IN with write access alone"},
        {0x002d1080, "STORAGE_GET_DEVICE_NUMBER"},
        {0x002d1400, "STORAGE_QUERY_PROPERTY"},
        {0x002d4800, "STORAGE_CHECK_VERIFY"},
        {0x00041018, "SCSI_GET_ADDRESS"},
        {0x0004d004, "SCSI_PASS_THROUGH"},
        {0x0004d014, "SCSI_PASS_THROUGH_DIRECT"},
        {0x0007405c, "DISK_GET_LENGTH_INFO"},
        {0x00000000, "nothing"},
        {0xffffffff, "everything"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_foreign(rows[i].code, rows[i].name);
}

static bool is_listed(uint32_t code)
{
    for (size_t i = 0; i < COUNT(ours); i++)
        if (ours[i].code == code)
            return true;
    return false;
}

/* One wrong bit, and the code is somebody else's. */
static void a_code_with_one_other_bit_goes_to_wine(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ours); i++) {
        for (int bit = 0; bit < 32; bit++) {
            uint32_t code = ours[i].code ^ UINT32_C(1) << bit;

            if (!is_listed(code))
                expect_foreign(code, ours[i].name);
        }
    }
}

/* Of all codes of every device type that Windows' class driver takes, exactly the listed ones. */
static void of_all_functions_only_the_listed_are_ours(void **state)
{
    static const uint32_t devices[] = {0x02, 0x04, 0x07, 0x1f, 0x2d, 0x56};

    (void)state;
    for (size_t i = 0; i < COUNT(devices); i++) {
        for (uint32_t low = 0; low < 0x10000; low++) {
            uint32_t code = devices[i] << 16 | low;

            if (reservation_is_ours(code) != is_listed(code) ||
                (reservation_action_of(code) != RESERVATION_NOT_OURS) != is_listed(code))
                fail_msg("0x%08x is taken for %s", code, is_listed(code) ? "foreign" : "ours");
        }
    }
}

/* CTL_CODE: bits 14 and 15, whatever stands around them. */
static void access_is_bits_14_and_15(void **state)
{
    (void)state;
    EXPECT(reservation_required_access(0x00000000), 0, "any access");
    EXPECT(reservation_required_access(0xffff3fff), 0, "any access");
    EXPECT(reservation_required_access(0x00004000), 1, "read");
    EXPECT(reservation_required_access(0x00008000), 2, "write");
    EXPECT(reservation_required_access(0xffffffff), 3, "both");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_codes_have_action_name_and_access),
        cmocka_unit_test(neighbours_go_to_wine),
        cmocka_unit_test(a_code_with_one_other_bit_goes_to_wine),
        cmocka_unit_test(of_all_functions_only_the_listed_are_ours),
        cmocka_unit_test(access_is_bits_14_and_15),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
