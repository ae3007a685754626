/* dll/shim/wine_version.h: which versions of Wine are served, and what is said of the others. */
#include "../../dll/shim/wine_version.h"

#include "expect.h"
#include <string.h>

static void versions_are_old_tested_or_other(void **state)
{
    const struct {
        const char *version;
        enum wine_support expected;
    } rows[] = {
        {"8.0", WINE_TESTED},
        {"10.0", WINE_TESTED},
        {"7.0", WINE_TOO_OLD},
        {"7.22", WINE_TOO_OLD},
        {"7.22.9", WINE_TOO_OLD},
        {"7.0-rc1", WINE_TOO_OLD},
        {"1.9.24", WINE_TOO_OLD},
        {"0.9", WINE_TOO_OLD},
        {"8.0.1", WINE_NOT_TESTED},
        {"8.0-rc5", WINE_NOT_TESTED},
        {"8.00 (Staging)", WINE_NOT_TESTED},
        {"8.1", WINE_NOT_TESTED},
        {"9.0", WINE_NOT_TESTED},
        {"9.22", WINE_NOT_TESTED},
        {"10.1", WINE_NOT_TESTED},
        {"100.0", WINE_NOT_TESTED},
        {"99999999999999999999999.0", WINE_NOT_TESTED},
        {"", WINE_NOT_TESTED},
        {"8", WINE_NOT_TESTED},
        {"8.", WINE_NOT_TESTED},
        {"-1.0", WINE_NOT_TESTED},
        {" 7.0", WINE_NOT_TESTED},
        {"wine-7.0", WINE_NOT_TESTED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(wine_version_support(rows[i].version), rows[i].expected, "%s", rows[i].version);
}

static void every_problem_names_the_version_and_what_can_be_done(void **state)
{
    const struct {
        enum wine_problem problem;
        const char *words[4];
    } rows[] = {
        {WINE_IS_TOO_OLD, {"9.5", "8.0 10.0", "too old", "--if-possible"}},
        {WINE_IS_UNKNOWN, {"9.5", "8.0 10.0", "NtClose", "--if-possible"}},
        {WINE_IS_HOOKED, {"9.5", "hooked already", "NtClose", "--if-possible"}},
        {WINE_IS_BUSY, {"9.5", "threads", "NtClose", "holdfast run"}},
        {WINE_IS_UNTESTED, {"9.5", "8.0 10.0", "not tested", ""}},
    };
    char line[320];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        wine_version_explain(line, sizeof(line), rows[i].problem, "9.5", "NtClose");
        for (size_t w = 0; w < COUNT(rows[i].words); w++)
            EXPECT(strstr(line, rows[i].words[w]) != NULL, 1, "'%s' in: %s", rows[i].words[w],
                   line);
        EXPECT(strchr(line, '\n') == NULL, 1, "one line: %s", line);
    }
}

static void the_tested_versions_are_named(void **state)
{
    (void)state;
    EXPECT_TEXT(wine_versions_tested(), "8.0 10.0", "as README has them");
}

static void a_long_version_is_cut_off(void **state)
{
    char version[400], line[40];

    (void)state;
    memset(version, '7', sizeof(version));
    version[sizeof(version) - 1] = 0;
    wine_version_explain(line, sizeof(line), WINE_IS_UNTESTED, version, NULL);
    EXPECT(strlen(line), sizeof(line) - 1, "length of %s", line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_are_old_tested_or_other),
        cmocka_unit_test(every_problem_names_the_version_and_what_can_be_done),
        cmocka_unit_test(the_tested_versions_are_named),
        cmocka_unit_test(a_long_version_is_cut_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
