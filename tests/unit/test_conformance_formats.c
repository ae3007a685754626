/* The suite's TAP, JUnit and JSON, and what counts of a run. */
#include "conformance_run.h"

#include "../../conformance/json_reader.h"

#include <stdlib.h>
#include <string.h>

static void contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_error("not there: %s\nin:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void families(void **state)
{
    (void)state;
    assert_int_equal(case_family_length("a.bb.c.d"), 4);
    assert_int_equal(case_family_length("aa.b"), 2);
    assert_int_equal(case_family_length("aaa"), 3);
    assert_int_equal(case_family_length("a..c"), 2);
}

static void exit_codes(void **state)
{
    (void)state;
    static const int codes[VERDICTS] = {[PASSED] = 0,  [FAILED] = 1,          [SKIPPED] = 77,
                                        [DIFFERS] = 0, [DIFFERS_NO_MORE] = 1, [TIMED_OUT] = 1};
    struct run_result run = sample_run();

    run.case_count = 1;
    for (int verdict = 0; verdict < VERDICTS; verdict++) {
        run.cases[0].verdict = (enum verdict)verdict;
        EXPECT(run_exit_code(&run), codes[verdict], "%s", verdict_name((enum verdict)verdict));
        EXPECT(run_count(&run, (enum verdict)verdict), 1, "count");
    }
    strcpy(run.stopped, "Ctrl-C");
    assert_int_equal(run_exit_code(&run), 3);
    run.stopped[0] = '\0';
    strcpy(run.left_behind, "keys");
    assert_int_equal(run_exit_code(&run), 3);
    run = empty_run();
    assert_int_equal(run_exit_code(&run), 77);
}

static void tap_of_every_verdict(void **state)
{
    (void)state;
    const struct run_result run = sample_run();
    char *text = written(report_tap, &run);

    assert_memory_equal(text, "TAP version 13\n1..6\n", 20);
    contains(text, "\nok 1 - pr_out.reserve.sweep.type_1\n");
    contains(text, "\nnot ok 2 - pr_out.reserve.sweep.type_7\n  ---\n");
    contains(text, "\n    - what: \"answer\"\n      expected: \"FALSE, error 170, ");
    contains(text, "\nok 3 - break.bus # SKIP resets the whole bus: say --bus-reset\n");
    contains(text, "\nnot ok 4 - io.raw # TODO Wine caches pages\n");
    contains(text, "\nnot ok 5 - io.pointer.null\n");
    contains(text, "\nnot ok 6 - preempt.loser\n");
    assert_int_equal(occurrences(text, "\n  ...\n"), 4);
    assert_null(strstr(text, "Bail out!"));
    free(text);
}

static void tap_of_a_run_that_went_wrong(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    strcpy(run.stopped, "Ctrl-C");
    strcpy(run.left_behind, "keys");
    char *text = written(report_tap, &run);
    contains(text, "\n1..7\n");
    contains(text, "\nnot ok 7 - the disk is as it was found\n# left behind: keys\n");
    contains(text, "\nBail out! Ctrl-C\n");
    free(text);
    run = empty_run();
    text = written(report_tap, &run);
    contains(text, "\n1..0 # SKIP no case was run\n");
    free(text);
}

static void make_hostile(struct run_result *run)
{
    for (size_t i = 0; i < run->case_count; i++) {
        strcpy(run->cases[i].reason, HOSTILE);
        strcpy(run->cases[i].exchanges[0].outcome, HOSTILE);
    }
    strcpy(run->cases[FAILED].mismatches[0].seen, HOSTILE);
    strcpy(run->lines[0].text, HOSTILE);
}

static void tap_of_hostile_text(void **state)
{
    (void)state;
    struct run_result run = sample_run();
    unsigned points = 0;

    make_hostile(&run);
    char *text = written(report_tap, &run);
    contains(text, "# SKIP \"'<&>]]>  [31m    \\# \\\\ \xef\xbf\xbd\xef\xbf\xbd \xc3\xbc ");
    contains(text, "seen: \"\\\"'<&>]]> \\x1b[31m \\x01\\t\\n# \\\\ \xef\xbf\xbd");
    assert_null(strchr(text, '\x1b'));
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        points += !strncmp(line, "ok ", 3) || !strncmp(line, "not ok ", 7);
    assert_int_equal(points, VERDICTS);
    free(text);
}

static void junit_of_every_verdict(void **state)
{
    (void)state;
    struct run_result run = sample_run();
    char *text = written(report_junit, &run);

    contains(text, "<testsuites name=\"holdfast-conformance 0.1.0\" tests=\"6\" failures=\"3\" "
                   "errors=\"0\" skipped=\"1\" time=\"12.345\">");
    contains(text, "<testsuite name=\"pr_out.reserve\" tests=\"2\" failures=\"1\" errors=\"0\" "
                   "skipped=\"0\" time=\"3.000\"");
    contains(text, "<testcase classname=\"pr_out.reserve\" name=\"sweep.type_1\" "
                   "time=\"1.500\"></testcase>");
    contains(text, "<failure type=\"failed\" message=\"answer\">answer: expected FALSE, error 170");
    contains(text, "<failure type=\"timed_out\" message=\"no answer within 60 s\">");
    contains(text, "<failure type=\"differs_no_more\"");
    contains(text, "<skipped message=\"resets the whole bus: say --bus-reset\"/>");
    contains(text, "<system-out>expected difference: Wine caches pages</system-out>");
    contains(text, "<property name=\"system\" value=\"Windows 10.0.19045\"/>");
    assert_int_equal(occurrences(text, "<testcase "), VERDICTS);
    assert_int_equal(occurrences(text, "<error"), 0);
    free(text);
    strcpy(run.stopped, "Ctrl-C");
    strcpy(run.left_behind, "a \"key\"");
    text = written(report_junit, &run);
    contains(text, "tests=\"8\" failures=\"3\" errors=\"2\"");
    contains(text, "name=\"came_to_its_end\" time=\"0.000\"><error message=\"Ctrl-C\"/>");
    contains(text, "<error message=\"a &quot;key&quot;\"/>");
    free(text);
}

static void junit_of_hostile_text(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    make_hostile(&run);
    char *text = written(report_junit, &run);
    contains(text, "&quot;&apos;&lt;&amp;&gt;]]&gt; \xef\xbf\xbd[31m \xef\xbf\xbd&#9;&#10;# \\ ");
    assert_null(strstr(text, "]]>"));
    for (const char *at = text; *at; at++)
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
    assert_null(strstr(text, "\xff"));
    free(text);
}

/* Written and read back. */
static void json_is_read_back(void **state)
{
    (void)state;
    struct run_result run = sample_run();
    struct json_document document = {0};
    struct json_problem problem;

    make_hostile(&run);
    char *text = written(report_json, &run);
    for (const char *at = text; *at; at++)
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
    if (!json_parse(&document, text, strlen(text), &problem))
        fail_msg("%zu:%zu: %s", problem.line, problem.column, problem.text);
    const struct json *root = document.root;
    assert_int_equal(json_member(root, "format", JSON_NUMBER)->number, 1);
    assert_int_equal(json_member(root, "milliseconds", JSON_NUMBER)->number, 12345);
    assert_string_equal(json_member_text(root, "started"), "2026-01-02T03:04:05Z");
    const struct json *environment = json_member(root, "environment", JSON_OBJECT);
    assert_string_equal(json_member_text(environment, "disk"), "LIO-ORG disk0 4.0");
    const struct json *counts = json_member(root, "counts", JSON_OBJECT);
    assert_int_equal(json_member(counts, "timed_out", JSON_NUMBER)->number, 1);
    const struct json *result = json_member(root, "cases", JSON_LIST)->first;
    for (int verdict = 0; verdict < VERDICTS; verdict++, result = result->next) {
        assert_string_equal(json_member_text(result, "name"), run.cases[verdict].name);
        assert_string_equal(json_member_text(result, "verdict"),
                            verdict_name((enum verdict)verdict));
        assert_string_equal(json_member_text(result, "reason"),
                            "\"'<&>]]> \x1b[31m \x01\t\n# \\ \xef\xbf\xbd\xef\xbf\xbd \xc3\xbc "
                            "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd");
    }
    assert_null(result);
    result = json_member(root, "cases", JSON_LIST)->first->next;
    assert_int_equal(json_member(result, "mismatch_count", JSON_NUMBER)->number, 6);
    const struct json *mismatch = json_member(result, "mismatches", JSON_LIST)->first;
    assert_string_equal(json_member_text(mismatch->next, "expected"),
                        "FALSE, error 170, STATUS_DEVICE_BUSY");
    assert_null(mismatch->next->next->next->next);
    json_free(&document);
}

static void json_of_an_empty_run(void **state)
{
    (void)state;
    const struct run_result run = empty_run();
    char *text = written(report_json, &run);

    contains(text, "\"environment\": {},");
    contains(text, "\"cases\": []\n}\n");
    free(text);
}

static void a_stream_that_is_full_is_noticed(void **state)
{
    (void)state;
    const struct run_result run = sample_run();
    FILE *stream = fopen("/dev/full", "w");

    assert_non_null(stream);
    assert_false(report_json(stream, &run));
    assert_false(report_junit(stream, &run));
    assert_false(report_tap(stream, &run));
    fclose(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families),
        cmocka_unit_test(exit_codes),
        cmocka_unit_test(tap_of_every_verdict),
        cmocka_unit_test(tap_of_a_run_that_went_wrong),
        cmocka_unit_test(tap_of_hostile_text),
        cmocka_unit_test(junit_of_every_verdict),
        cmocka_unit_test(junit_of_hostile_text),
        cmocka_unit_test(json_is_read_back),
        cmocka_unit_test(json_of_an_empty_run),
        cmocka_unit_test(a_stream_that_is_full_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
