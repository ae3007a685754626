/* dll/shim/trace_settings.h: what people write for the trace, and the marks of hidden keys. */
#include "../../dll/shim/trace_settings.h"

#include "expect.h"

#include <string.h>

static bool take(struct trace_settings *settings, const char *variable, const char *text)
{
    for (const struct trace_setting *row = trace_setting_table; row->variable; row++)
        if (!strcmp(row->variable, variable))
            return row->take(settings, text);
    fail_msg("there is no %s", variable);
    return false;
}

static void what_is_wrong_leaves_the_default(void **state)
{
    static const struct {
        const char *variable, *text;
    } rows[] = {
        {"HOLDFAST_TRACE_LEVEL", ""},
        {"HOLDFAST_TRACE_LEVEL", "off"},
        {"HOLDFAST_TRACE_LEVEL", "requests"},
        {"HOLDFAST_TRACE_LEVEL", "2"},
        {"HOLDFAST_TRACE_SIZE", ""},
        {"HOLDFAST_TRACE_SIZE", "M"},
        {"HOLDFAST_TRACE_SIZE", "-1"},
        {"HOLDFAST_TRACE_SIZE", "1"},
        {"HOLDFAST_TRACE_SIZE", "4095"},
        {"HOLDFAST_TRACE_SIZE", "16MB"},
        {"HOLDFAST_TRACE_SIZE", "16m"},
        {"HOLDFAST_TRACE_SIZE", "99999999999999999999"},
        {"HOLDFAST_TRACE_FILES", "0"},
        {"HOLDFAST_TRACE_FILES", "100"},
        {"HOLDFAST_TRACE_FILES", "4K"},
        {"HOLDFAST_TRACE", "/tmp/%x"},
        {"HOLDFAST_TRACE", "/tmp/%"},
        {"HOLDFAST_TRACE_SALT",
         "more than sixty-three bytes of salt are more than there is room for, and so are refused"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trace_settings settings = trace_settings_default;

        EXPECT(take(&settings, rows[i].variable, rows[i].text), false, "%s=%s", rows[i].variable,
               rows[i].text);
        EXPECT(settings.level, trace_settings_default.level, "%s", rows[i].text);
        EXPECT(settings.size, trace_settings_default.size, "%s", rows[i].text);
        EXPECT(settings.files, trace_settings_default.files, "%s", rows[i].text);
        EXPECT_TEXT(settings.target, "", "%s", rows[i].text);
        EXPECT_TEXT(settings.salt, "", "%s", rows[i].text);
    }
}

static void what_is_right_is_taken(void **state)
{
    struct trace_settings settings = trace_settings_default;

    (void)state;
    assert_int_equal(settings.level, TRACE_REQUEST);
    assert_false(settings.hides_keys);
    for (int level = TRACE_ERROR; level <= TRACE_DEBUG; level++) {
        assert_true(take(&settings, "HOLDFAST_TRACE_LEVEL", trace_level_name(level)));
        assert_int_equal(settings.level, level);
    }
    assert_true(take(&settings, "HOLDFAST_TRACE_SIZE", "0"));
    assert_int_equal(settings.size, 0);
    assert_true(take(&settings, "HOLDFAST_TRACE_SIZE", "4K"));
    assert_int_equal(settings.size, 4096);
    assert_true(take(&settings, "HOLDFAST_TRACE_SIZE", "2G"));
    assert_int_equal(settings.size, 2147483648);
    assert_true(take(&settings, "HOLDFAST_TRACE_FILES", "99"));
    assert_int_equal(settings.files, 99);
    assert_true(take(&settings, "HOLDFAST_TRACE_KEYS", "hidden"));
    assert_true(settings.hides_keys);
    assert_true(take(&settings, "HOLDFAST_TRACE_KEYS", "shown"));
    assert_false(settings.hides_keys);
    /* Whoever meant to hide them does not find them shown. */
    assert_false(take(&settings, "HOLDFAST_TRACE_KEYS", "hide"));
    assert_true(settings.hides_keys);
    assert_true(take(&settings, "HOLDFAST_TRACE", "off"));
    assert_string_equal(settings.target, "");
}

static void a_pattern_becomes_a_name(void **state)
{
    char name[TRACE_TARGET_MAX], text[TRACE_TARGET_MAX + 1];

    (void)state;
    assert_true(trace_expand("/t/%n-%p.%%", 4711, "app.exe", name));
    assert_string_equal(name, "/t/app.exe-4711.%");
    assert_false(trace_expand("%q", 1, "", name));
    memset(text, 'x', sizeof(text));
    text[TRACE_TARGET_MAX] = 0;
    assert_false(trace_expand(text, 1, "", name));
    text[TRACE_TARGET_MAX - 1] = 0;
    assert_true(trace_expand(text, 1, "", name));
    memcpy(text, "%p", 2);
    assert_false(trace_expand(text, UINT32_MAX, "", name));
}

/* The SipHash paper's own vector is for another key; these hold the marks as they are, because they
 * have to be the same from version to version. */
static void a_key_has_one_mark_and_another_key_another(void **state)
{
    const uint8_t none[8] = {0}, one[8] = {[7] = 1}, two[8] = {[7] = 2};
    char mark[TRACE_MARK_MAX], again[TRACE_MARK_MAX];

    (void)state;
    trace_mark(none, "", mark);
    assert_string_equal(mark, "0000000000000000");
    trace_mark(one, "", mark);
    assert_int_equal(strlen(mark), 7);
    assert_int_equal(mark[0], '#');
    trace_mark(one, "", again);
    assert_string_equal(mark, again);
    trace_mark(two, "", again);
    assert_string_not_equal(mark, again);
    trace_mark(one, "salt", again);
    assert_string_not_equal(mark, again);
    trace_mark(one, "pepe", mark);
    assert_string_not_equal(mark, again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_leaves_the_default),
        cmocka_unit_test(what_is_right_is_taken),
        cmocka_unit_test(a_pattern_becomes_a_name),
        cmocka_unit_test(a_key_has_one_mark_and_another_key_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
