/* Keys, types, disk names, JSON strings and the table of errors of holdfast.exe. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/command/errors.h"
#include "../../dll/command/values.h"
#include "../../dll/launcher/disk_name.h"

#include <string.h>

static void keys_in_hexadecimal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t key;
    } good[] = {
        {"1", 1},
        {"0x1", 1},
        {"0XaBc", 0xabc},
        {"0", 0},
        {"0123456789abcdef", 0x0123456789abcdef},
        {"0xFFFFFFFFFFFFFFFF", UINT64_MAX},
    };
    static const char *const bad[] = {"",
                                      "0x",
                                      "x1",
                                      "g",
                                      "1 ",
                                      " 1",
                                      "-1",
                                      "+1",
                                      "0x0x1",
                                      "11111111111111111",
                                      "0x11111111111111111"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        uint64_t key = ~good[i].key;
        assert_true(key_parse(good[i].text, &key));
        assert_int_equal(key, good[i].key);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint64_t key = 42;
        assert_false(key_parse(bad[i], &key));
        assert_int_equal(key, 42);
    }
}

static void keys_travel_big_endian(void **state)
{
    (void)state;
    static const uint8_t wire[8] = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};
    uint8_t bytes[8];
    key_to_bytes(0x0123456789abcdef, bytes);
    assert_memory_equal(bytes, wire, 8);
    assert_int_equal(key_from_bytes(wire), 0x0123456789abcdef);
}

static void types_by_name_short_name_and_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int number;
    } cases[] = {
        {"write-exclusive", 1},
        {"we", 1},
        {"1", 1},
        {"exclusive-access", 3},
        {"ea-ro", 6},
        {"we-ro", 5},
        {"7", 7},
        {"2", 0},
        {"", 0},
        {"WE", 0},
        {"10", 0},
        {"exclusive-access-registrants", 6},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct reservation_type *type = type_parse(cases[i].text);
        assert_int_equal(type ? type->number : 0, cases[i].number);
    }
    assert_true(type_from_number(6)->settable);
    assert_false(type_from_number(7)->settable);
    assert_null(type_from_number(0));
    assert_null(type_from_number(15));
}

static void disks_by_every_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *device; /* NULL: refused */
        bool only_wine;
    } cases[] = {
        {"1", "\\\\.\\PhysicalDrive1", false},
        {"PhysicalDrive12", "\\\\.\\PhysicalDrive12", false},
        {"physicaldrive1", "\\\\.\\physicaldrive1", false},
        {"\\\\.\\PhysicalDrive1", "\\\\.\\PhysicalDrive1", false},
        {"E:", "\\\\.\\E:", false},
        {"e:\\", "\\\\.\\e:", false},
        {"\\\\.\\E:", "\\\\.\\E:", false},
        {"\\\\.\\E:\\", "\\\\.\\E:", false},
        {"\\\\?\\unix\\dev\\sdb", "\\\\?\\unix\\dev\\sdb", false},
        {"/dev/sdb", "\\\\?\\unix\\dev\\sdb", true},
        {"/dev/disk/by-id/wwn-0x5", "\\\\?\\unix\\dev\\disk\\by-id\\wwn-0x5", true},
        {"Z:\\dev\\sdb", "Z:\\dev\\sdb", true},
        {"Z:\\dev\\", NULL, true},
        {"Z:\\devices\\sdb", NULL, true},
        {"", NULL, false},
        {"/", NULL, true},
        {"/dev\\sdb", NULL, true},
        {"sdb", NULL, false},
        {"E:\\file", NULL, false},
        {"PhysicalDrive", NULL, false},
        {"PhysicalDrive1x", NULL, false},
        {"1234567890", NULL, false},
        {"-1", NULL, false},
        {"\\\\.\\", NULL, false},
        {"\\\\server\\share", NULL, false},
    };
    for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
        const size_t c = i / 2;
        const bool wine = i % 2;
        struct text device = {0}, problem = {0};
        const bool wanted = cases[c].device && (wine || !cases[c].only_wine);
        assert_int_equal(disk_name_resolve(cases[c].name, wine, &device, &problem), wanted);
        if (wanted)
            assert_string_equal(device.bytes, cases[c].device);
        else
            assert_true(problem.length > 0);
        text_free(&device);
        text_free(&problem);
    }
}

static void json_strings_are_escaped(void **state)
{
    (void)state;
    struct text text = {0};
    text_add_json(&text, "a\"b\\c\n\x1f\xc3\xa9");
    text_add_json(&text, NULL);
    assert_string_equal(text.bytes, "\"a\\\"b\\\\c\\u000a\\u001f\xc3\xa9\"null");
    text_free(&text);
}

static void long_texts_grow(void **state)
{
    (void)state;
    struct text text = {0};
    for (unsigned i = 0; i < 10000; i++)
        text_add(&text, "%08x", i);
    assert_false(text.failed);
    assert_int_equal(text.length, 80000);
    assert_string_equal(text.bytes + 80000 - 8, "0000270f");
    text_free(&text);
}

static void errors_have_their_exit_codes(void **state)
{
    (void)state;
    static const struct {
        uint32_t error;
        int exit_code;
    } cases[] = {{170, 24}, {2, 3},  {3, 3},  {433, 3}, {5, 4},   {50, 5},
                 {1, 5},    {24, 6}, {87, 6}, {327, 6}, {121, 7}, {1117, 8}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct error_description *description = error_describe(cases[i].error);
        assert_int_equal(description->error, cases[i].error);
        assert_int_equal(description->exit_code, cases[i].exit_code);
        assert_non_null(description->name);
    }
    assert_null(error_describe(4711)->name);
    assert_int_equal(error_describe(4711)->exit_code, EXIT_OTHER);
    assert_ptr_not_equal(error_hint(error_describe(5), true), error_hint(error_describe(5), false));
    assert_ptr_equal(error_hint(error_describe(170), true), error_hint(error_describe(170), false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_in_hexadecimal),
        cmocka_unit_test(keys_travel_big_endian),
        cmocka_unit_test(types_by_name_short_name_and_number),
        cmocka_unit_test(disks_by_every_name),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(long_texts_grow),
        cmocka_unit_test(errors_have_their_exit_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
