/* dll/reservation/nt_status.h. The values are those of Microsoft's public ntstatus.h; that they
 * agree with Wine's is tests/header's to prove. */
#include "../../dll/reservation/nt_status.h"

#include "expect.h"
#include <string.h>

static const struct {
    const char *name;
    uint32_t value;
} known[] = {
    {"STATUS_SUCCESS", 0x00000000},
    {"STATUS_PENDING", 0x00000103},
    {"STATUS_DEVICE_BUSY", 0x80000011},
    {"STATUS_NO_DATA_DETECTED", 0x80000022},
    {"STATUS_CLEANER_CARTRIDGE_INSTALLED", 0x80000027},
    {"STATUS_INFO_LENGTH_MISMATCH", 0xc0000004},
    {"STATUS_ACCESS_VIOLATION", 0xc0000005},
    {"STATUS_INVALID_PARAMETER", 0xc000000d},
    {"STATUS_NO_SUCH_DEVICE", 0xc000000e},
    {"STATUS_INVALID_DEVICE_REQUEST", 0xc0000010},
    {"STATUS_NO_MEDIA_IN_DEVICE", 0xc0000013},
    {"STATUS_UNRECOGNIZED_MEDIA", 0xc0000014},
    {"STATUS_NONEXISTENT_SECTOR", 0xc0000015},
    {"STATUS_ACCESS_DENIED", 0xc0000022},
    {"STATUS_DATA_OVERRUN", 0xc000003c},
    {"STATUS_INSUFFICIENT_RESOURCES", 0xc000009a},
    {"STATUS_DEVICE_DATA_ERROR", 0xc000009c},
    {"STATUS_DEVICE_NOT_CONNECTED", 0xc000009d},
    {"STATUS_DEVICE_NOT_READY", 0xc00000a3},
    {"STATUS_IO_TIMEOUT", 0xc00000b5},
    {"STATUS_NOT_SUPPORTED", 0xc00000bb},
    {"STATUS_DEVICE_DOES_NOT_EXIST", 0xc00000c0},
    {"STATUS_INVALID_BLOCK_LENGTH", 0xc0000173},
    {"STATUS_IO_DEVICE_ERROR", 0xc0000185},
    {"STATUS_RETRY", 0xc000022d},
    {"STATUS_COPY_PROTECTION_FAILURE", 0xc0000305},
    {"STATUS_DISK_RESOURCES_EXHAUSTED", 0xc0000461},
    {"STATUS_DEVICE_UNREACHABLE", 0xc0000464},
    {"STATUS_INVALID_TOKEN", 0xc0000465},
    {"STATUS_TOO_MANY_SEGMENT_DESCRIPTORS", 0xc0000473},
    {"STATUS_INVALID_OFFSET_ALIGNMENT", 0xc0000474},
    {"STATUS_DEVICE_HARDWARE_ERROR", 0xc0000483},
};

static void values_have_their_names_and_names_their_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(known); i++) {
        int32_t value = 1;

        EXPECT_TEXT(nt_status_name((int32_t)known[i].value), known[i].name, "%s", known[i].name);
        EXPECT(nt_status_from_name(known[i].name, &value), true, "%s", known[i].name);
        EXPECT((uint32_t)value, known[i].value, "%s", known[i].name);
    }
}

static const struct {
    const char *name;
    int32_t value;
} table[] = {
#define X(name, value, error) {"STATUS_" #name, NT_STATUS_##name},
    NT_STATUS_TABLE(X)
#undef X
};

static void no_value_and_no_name_stands_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        for (size_t j = 0; j < i; j++) {
            EXPECT(table[i].value == table[j].value, false, "%s, %s", table[i].name, table[j].name);
            EXPECT(strcmp(table[i].name, table[j].name) == 0, false, "%s", table[i].name);
        }
    }
}

static void what_is_unknown_is_said_to_be(void **state)
{
    static const char *const names[] = {"",
                                        "?",
                                        "-",
                                        "SUCCESS",
                                        "status_success",
                                        "STATUS_",
                                        "STATUS_SUCCESS ",
                                        "STATUS_NO_SUCH_STATUS"};
    int32_t value = 4711;

    (void)state;
    EXPECT_TEXT(nt_status_name(1), "?", "1");
    EXPECT_TEXT(nt_status_name((int32_t)0xffffffff), "?", "-1");
    for (size_t i = 0; i < COUNT(names); i++) {
        EXPECT(nt_status_from_name(names[i], &value), false, "'%s'", names[i]);
        EXPECT(value, 4711, "'%s' leaves the value alone", names[i]);
    }
}

/* NT_SUCCESS and NT_ERROR, windows-behaviour 2.8: the top two bits. A warning is neither. */
static void severity_is_in_the_top_two_bits(void **state)
{
    static const struct {
        uint32_t value;
        bool success, error;
    } rows[] = {
        {0x00000000, true, false},  {0x3fffffff, true, false},  {0x40000000, true, false},
        {0x7fffffff, true, false},  {0x80000000, false, false}, {0x80000011, false, false},
        {0xbfffffff, false, false}, {0xc0000000, false, true},  {0xffffffff, false, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT(nt_success((int32_t)rows[i].value), rows[i].success, "0x%08x", rows[i].value);
        EXPECT(nt_error((int32_t)rows[i].value), rows[i].error, "0x%08x", rows[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_their_names_and_names_their_values),
        cmocka_unit_test(no_value_and_no_name_stands_twice),
        cmocka_unit_test(what_is_unknown_is_said_to_be),
        cmocka_unit_test(severity_is_in_the_top_two_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
