/* What a person sees of a run: wrapped, coloured only where there are colours, and harmless. */
#include "conformance_run.h"

#include "../../conformance/report_text.h"
#include "../../conformance/utf8.h"

#include <stdlib.h>
#include <string.h>

static struct live_report new_report(unsigned width)
{
    struct live_report report = {.stream = tmpfile(), .width = width};

    assert_non_null(report.stream);
    return report;
}

static char *whole_report(struct live_report report, const struct run_result *run)
{
    char *text;

    report_start(&report, run, run->case_count);
    for (size_t i = 0; i < run->case_count; i++) {
        report_case_starts(&report, run->cases[i].name, i, run->case_count);
        report_case(&report, &run->cases[i]);
    }
    report_end(&report, run);
    text = stream_text(report.stream);
    fclose(report.stream);
    return text;
}

static void contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_error("not there: %s\nin:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void fits(char *text, unsigned width)
{
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        if (text_width(line) >= width)
            fail_msg("%u columns are too many for %u: %s", text_width(line), width, line);
}

static void every_verdict(void **state)
{
    (void)state;
    const struct run_result run = sample_run();
    char *text = whole_report(new_report(80), &run);

    contains(text, "FAILED  pr_out.reserve.sweep.type_7\n    answer: expected FALSE, error 170, "
                   "STATUS_DEVICE_BUSY; seen TRUE, 0 bytes\n");
    contains(text, "    and 2 more that were not as expected\n");
    contains(text, "DIFFERS NO MORE  io.pointer.null\n    Wine was said to differ\n");
    contains(text, "TIMED OUT  preempt.loser\n    no answer within 60 s\n");
    contains(text, "\nExpected differences\n  1 case: Wine caches pages\n      io.raw\n");
    contains(text, "\nSkipped\n  1 case: resets the whole bus: say --bus-reset\n");
    contains(text, "  pr_out.information: bytes returned after a PR OUT that succeeded: 0 or 24\n"
                   "      24 (1 case)\n");
    contains(text, "\nEnvironment\n  system  Windows 10.0.19045\n  disk    LIO-ORG disk0 4.0\n");
    contains(text, "\nFamily           pass   fail   skip differ\n");
    contains(text, "\npr_out.reserve      1      1      0      0\n");
    contains(text, "\nall                 1      3      1      1\n");
    contains(text, "The run took 12.3 s.\n3 of 6 cases failed: ");
    contains(text, "--json FILE");
    assert_null(strstr(text, "type_1\n"));
    assert_null(strchr(text, '\x1b'));
    assert_null(strchr(text, '\r'));
    free(text);
}

static void any_width_is_kept(void **state)
{
    (void)state;
    static const unsigned widths[] = {40, 80, 200};

    for (size_t i = 0; i < COUNT(widths); i++) {
        struct run_result run = sample_run();
        struct live_report report = new_report(widths[i]);

        report.verbose = true;
        strcpy(run.cases[FAILED].mismatches[0].seen, HOSTILE);
        memset(run.cases[SKIPPED].reason, 'x', 250);
        strcpy(run.lines[0].text, HOSTILE HOSTILE HOSTILE);
        char *text = whole_report(report, &run);
        fits(text, widths[i]);
        free(text);
    }
}

/* Words are kept whole where they fit, cut where they do not; characters are never cut. */
static void wrapping(void **state)
{
    (void)state;
    static const struct {
        unsigned column, indent;
        const char *text, *wrapped;
    } rows[] = {
        {0, 0, "", "\n"},
        {0, 0, "one two three four five", "one two three four\nfive\n"},
        {0, 2, "one two three fours five", "one two three fours\n  five\n"},
        {14, 2, "longer words", "\n  longer words\n"},
        {0, 0, "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrs\ntuvwxyz\n"},
        {0, 0,
         "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 \xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 "
         "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 \xc3\xa4",
         "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 \xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 "
         "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\n\xc3\xa4\n"},
        {0, 0, "a\nb\x1b[1m\x7f\xc2\x9b", "a b?[1m??\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct live_report report = new_report(20);

        text_wrapped(&report, rows[i].column, rows[i].indent, rows[i].text);
        char *text = stream_text(report.stream);
        EXPECT_TEXT(text, rows[i].wrapped, "row %zu", i);
        free(text);
        fclose(report.stream);
    }
}

static void marks_that_turn_a_line_round_are_not_printed(void **state)
{
    (void)state;
    const struct live_report report = new_report(20);
    char mark[UTF8_MAX + 1] = "";

    utf8_put(0x202e, mark);
    text_wrapped(&report, 0, 0, mark);
    char *text = stream_text(report.stream);
    assert_string_equal(text, "?\n");
    free(text);
    fclose(report.stream);
}

static void colours_and_progress_where_there_is_a_terminal(void **state)
{
    (void)state;
    const struct run_result run = sample_run();
    struct live_report report = new_report(60);

    report.colours = report.progress_line = true;
    char *text = whole_report(report, &run);
    contains(text, "\r2/6 pr_out.reserve.sweep.type_7   ");
    contains(text, "  \r\x1b[31mFAILED\x1b[0m  pr_out");
    assert_int_equal(occurrences(text, "\x1b[") % 2, 0);
    free(text);
}

static void verbose_tells_all(void **state)
{
    (void)state;
    struct run_result run = sample_run();
    struct live_report report = new_report(80);

    run.cases[FAILED].exchange_count = 50;
    report.verbose = true;
    char *text = whole_report(report, &run);
    contains(text, "ok  pr_out.reserve.sweep.type_1\n");
    contains(text, "skipped  break.bus\n    resets");
    contains(text, "    source: SPC-4 5.12.7\n    1. node 1: PR_OUT RESERVE type 3\n"
                   "       input 0c00\n       TRUE, 0 bytes\n");
    contains(text, "    and 2 more requests\n");
    free(text);
}

static void last_words(void **state)
{
    (void)state;
    struct run_result run = sample_run();
    char *text;

    run.cases[0] = run.cases[SKIPPED];
    run.cases[1] = run.cases[PASSED];
    run.case_count = 1;
    run.cases[0].verdict = SKIPPED;
    text = whole_report(new_report(200), &run);
    contains(text, "Nothing was tested: all 1 cases were skipped.");
    free(text);
    run.cases[0].verdict = DIFFERS;
    text = whole_report(new_report(200), &run);
    contains(text, "Nothing failed: 0 of 1 cases passed, 1 differ as expected, 0 were skipped.\n");
    free(text);
    run.cases[0].verdict = PASSED;
    strcpy(run.stopped, "Ctrl-C");
    strcpy(run.left_behind, "run --cleanup FILE");
    text = whole_report(new_report(200), &run);
    contains(text, "All 1 cases passed.\n"
                   "The run did not come to its end: Ctrl-C\n"
                   "The disk is not as it was found: run --cleanup FILE\n");
    free(text);
    run = empty_run();
    text = whole_report(new_report(200), &run);
    contains(text, "No case was run. --list shows");
    assert_null(strstr(text, "Family"));
    free(text);
}

static void what_is_frequent_comes_first(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    for (size_t i = 0; i < run.case_count; i++) {
        run.cases[i].verdict = SKIPPED;
        snprintf(run.cases[i].reason, sizeof(run.cases[i].reason), "%s", i ? "no disk" : "another");
    }
    char *text = whole_report(new_report(80), &run);
    contains(text, "\n  5 cases: no disk\n  1 case: another\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verdict),
        cmocka_unit_test(any_width_is_kept),
        cmocka_unit_test(wrapping),
        cmocka_unit_test(marks_that_turn_a_line_round_are_not_printed),
        cmocka_unit_test(colours_and_progress_where_there_is_a_terminal),
        cmocka_unit_test(verbose_tells_all),
        cmocka_unit_test(last_words),
        cmocka_unit_test(what_is_frequent_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
