/* The reader of the suite's JSON: what it takes, and where it says that something is wrong. */
#include "expect.h"

#include "../../conformance/json_reader.h"

#include <stdlib.h>
#include <string.h>

static bool parse(struct json_document *document, const char *text, size_t length,
                  struct json_problem *problem)
{
    char *bytes = malloc(length + 1);

    assert_non_null(bytes);
    memcpy(bytes, text, length);
    bytes[length] = '\0';
    memset(document, 0, sizeof(*document));
    return json_parse(document, bytes, length, problem);
}

static void strings(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } rows[] = {
        {"\"\"", ""},
        {" \"a\\\"\\\\\\/\\b\\f\\n\\r\\tb\" ", "a\"\\/\b\f\n\r\tb"},
        {"\"\\u00fC\\u20ac\"", "\xc3\xbc\xe2\x82\xac"},
        {"\"\\ud83d\\ude00!\"", "\xf0\x9f\x98\x80!"},
        {"\"\\ud83d!\"", "\xef\xbf\xbd!"},
        {"\"\\ud83d\\u0041\"", "\xef\xbf\xbd\x41"},
        {"\"\\ude00\"", "\xef\xbf\xbd"},
        {"\"\\u0000\"", "\xef\xbf\xbd"},
        {"\xef\xbb\xbf\"bom\"", "bom"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_document document;
        struct json_problem problem;

        EXPECT(parse(&document, rows[i].json, strlen(rows[i].json), &problem), true, "%s",
               rows[i].json);
        EXPECT(document.root->type, JSON_TEXT, "%s", rows[i].json);
        EXPECT_TEXT(document.root->text, rows[i].text, "%s", rows[i].json);
        json_free(&document);
    }
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        uint64_t number;
    } rows[] = {
        {"0", 0},
        {"17", 17},
        {"18446744073709551614", UINT64_MAX - 1},
        {"99999999999999999999999", UINT64_MAX},
        {"-1", UINT64_MAX},
        {"1.5", UINT64_MAX},
        {"1e+2", UINT64_MAX},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_document document;
        struct json_problem problem;

        EXPECT(parse(&document, rows[i].json, strlen(rows[i].json), &problem), true, "%s",
               rows[i].json);
        EXPECT(document.root->type, JSON_NUMBER, "%s", rows[i].json);
        EXPECT(document.root->number == rows[i].number, true, "%s", rows[i].json);
        json_free(&document);
    }
}

static void a_tree(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1, [], {}, [[2]], null], \"b\" :{\"c\":true},\r\n"
                               "\"a\": \"text\", \"d\": false}";
    struct json_document document;
    struct json_problem problem;

    assert_true(parse(&document, text, strlen(text), &problem));
    const struct json *list = json_member(document.root, "a", JSON_LIST);
    static const enum json_type types[] = {JSON_NUMBER, JSON_LIST, JSON_OBJECT, JSON_LIST,
                                           JSON_NULL};
    const struct json *value = list->first;
    for (size_t i = 0; i < COUNT(types); i++, value = value->next)
        EXPECT(value->type, types[i], "value %zu", i);
    assert_null(value);
    assert_int_equal(list->first->next->next->next->first->first->number, 2);
    assert_non_null(json_member(json_member(document.root, "b", JSON_OBJECT), "c", JSON_TRUE));
    assert_string_equal(json_member_text(document.root, "a"), "text");
    assert_string_equal(json_member_text(document.root, "b"), "");
    assert_string_equal(json_member_text(NULL, "b"), "");
    json_free(&document);
}

static void what_is_wrong_has_a_place(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        unsigned line, column;
        const char *problem;
    } rows[] = {
        {"", 1, 1, "the file ends where a value has to be"},
        {"[1,\n 2,\n x]", 3, 2, "no JSON value"},
        {"[1 2]", 1, 4, "there is no ','"},
        {"[1,]", 1, 4, "no JSON value"},
        {"{\"a\": 1,}", 1, 9, "no member's name"},
        {"{\"a\" 1}", 1, 6, "there is no ':'"},
        {"{1: 1}", 1, 2, "no member's name"},
        {"[1}", 1, 3, "there is no ','"},
        {"[", 1, 2, "the file ends where a value has to be"},
        {"{\"a\": [", 1, 8, "the file ends where a value has to be"},
        {"[1] 2", 1, 5, "more behind the end"},
        {"\"abc", 1, 5, "ends inside a string"},
        {"\"\\", 1, 3, "no such escape"},
        {"\"\\x\"", 1, 3, "no such escape"},
        {"\"\\u12g4\"", 1, 6, "four hexadecimal digits"},
        {"\"\\ud83d\\u\"", 1, 10, "four hexadecimal digits"},
        {"\"a\nb\"", 1, 3, "has to be escaped"},
        {"01", 1, 1, "begins with 0"},
        {"-", 1, 2, "lacks a digit"},
        {"1.", 1, 3, "lacks a digit"},
        {"1e", 1, 3, "lacks a digit"},
        {"nul", 1, 1, "no JSON value"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_document document;
        struct json_problem problem;

        EXPECT(parse(&document, rows[i].json, strlen(rows[i].json), &problem), false, "%s",
               rows[i].json);
        EXPECT(problem.line, rows[i].line, "line of %s", rows[i].json);
        EXPECT(problem.column, rows[i].column, "column of %s", rows[i].json);
        if (!strstr(problem.text, rows[i].problem))
            fail_msg("%s: %s", rows[i].json, problem.text);
        json_free(&document);
    }
}

static void a_nul_does_not_end_the_file(void **state)
{
    (void)state;
    struct json_document document;
    struct json_problem problem;

    assert_false(parse(&document, "1\0x", 3, &problem));
    json_free(&document);
    assert_false(parse(&document, "\"\0\"", 3, &problem));
    json_free(&document);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    for (int deep = 0; deep < 2; deep++) {
        const size_t depth = JSON_DEPTH_MAX + (size_t)deep;
        struct json_document document;
        struct json_problem problem;
        char text[2 * JSON_DEPTH_MAX + 2];

        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        EXPECT(parse(&document, text, 2 * depth, &problem), !deep, "depth %zu", depth);
        json_free(&document);
    }
}

static void values_are_bounded(void **state)
{
    (void)state;
    const size_t length = 2 * (JSON_VALUES_MAX + 1);
    char *text = malloc(length + 1);
    struct json_document document = {0};
    struct json_problem problem;

    assert_non_null(text);
    for (size_t i = 0; i < length; i += 2)
        memcpy(text + i, i ? ",1" : "[1", 2);
    text[length] = '\0';
    assert_false(json_parse(&document, text, length, &problem));
    assert_non_null(strstr(problem.text, "too many values"));
    json_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings),
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_tree),
        cmocka_unit_test(what_is_wrong_has_a_place),
        cmocka_unit_test(a_nul_does_not_end_the_file),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(values_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
