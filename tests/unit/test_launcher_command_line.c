/* How holdfast.exe cuts a Windows command line. The expected values are the examples and rules of
 * Microsoft's "Parsing C command-line arguments". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/launcher/command_line.h"

#include <string.h>

static void arguments_as_the_c_library_reads_them(void **state)
{
    (void)state;
    static const struct {
        const wchar_t *line;
        const wchar_t *values[4];
    } cases[] = {
        {L"", {NULL}},
        {L" \t ", {NULL}},
        {L"a b c", {L"a", L"b", L"c"}},
        {L"  a\tb  ", {L"a", L"b"}},
        {L"\"a b c\" d e", {L"a b c", L"d", L"e"}},
        {L"\"ab\\\"c\" \"\\\\\" d", {L"ab\"c", L"\\", L"d"}},
        {L"a\\\\\\b d\"e f\"g h", {L"a\\\\\\b", L"de fg", L"h"}},
        {L"a\\\\\\\"b c d", {L"a\\\"b", L"c", L"d"}},
        {L"a\\\\\\\\\"b c\" d e", {L"a\\\\b c", L"d", L"e"}},
        {L"a\"b\"\" c d", {L"ab\" c d"}},
        {L"\"\" x", {L"", L"x"}},
        {L"c:\\d\\ x", {L"c:\\d\\", L"x"}},
        {L"\"open end", {L"open end"}},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const wchar_t *line = cases[i].line;
        wchar_t value[64];
        for (size_t v = 0; cases[i].values[v]; v++) {
            line = command_line_next(line, NULL, value);
            assert_non_null(line);
            assert_int_equal(wcscmp(value, cases[i].values[v]), 0);
        }
        assert_null(command_line_next(line, NULL, value));
    }
}

static void the_tail_is_found_to_the_letter(void **state)
{
    (void)state;
    static const wchar_t line[] =
        L"\"Z:\\my dir\\holdfast.exe\" run  --if-possible \"C:\\p q\\a.exe\"  \"x\\\"y\" \"\"  z";
    assert_int_equal(wcscmp(command_line_find(line, 2), L"\"C:\\p q\\a.exe\"  \"x\\\"y\" \"\"  z"),
                     0);
    assert_int_equal(wcscmp(command_line_find(line, 4), L"\"\"  z"), 0);
    assert_int_equal(wcscmp(command_line_find(line, 5), L"z"), 0);
    assert_null(command_line_find(line, 6));
    assert_null(command_line_find(L"holdfast", 0));
    assert_null(command_line_find(L"", 0));
}

/* The program's own name knows no escaped quotes. */
static void a_backslash_before_the_closing_quote_of_the_program(void **state)
{
    (void)state;
    assert_int_equal(wcscmp(command_line_find(L"\"C:\\d\\\" run a", 0), L"run a"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_as_the_c_library_reads_them),
        cmocka_unit_test(the_tail_is_found_to_the_letter),
        cmocka_unit_test(a_backslash_before_the_closing_quote_of_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
