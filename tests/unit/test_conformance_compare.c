/* --compare of hand-made reports, and of files that are none. */
#include "conformance_run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char first_path[] = "/tmp/conformance_a_XXXXXX", second_path[] = "/tmp/conformance_b_XXXXXX";

static int make_files(void **state)
{
    (void)state;
    const int first = mkstemp(first_path), second = mkstemp(second_path);

    return first < 0 || second < 0 || close(first) || close(second);
}

static int remove_files(void **state)
{
    (void)state;
    return unlink(first_path) || unlink(second_path);
}

static void write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void write_run(const char *path, const struct run_result *run)
{
    char *text = written(report_json, run);

    write_bytes(path, text, strlen(text));
    free(text);
}

/* What compare_reports prints, or where `errors`, what it complains of; the caller frees it. */
static char *compared(unsigned width, int code, bool errors)
{
    FILE *streams[2] = {tmpfile(), tmpfile()};
    const struct live_report report = {.stream = streams[0], .width = width};
    char *text;

    EXPECT(compare_reports(first_path, second_path, &report, streams[1]), code, "exit code");
    text = stream_text(streams[errors]);
    fclose(streams[0]);
    fclose(streams[1]);
    return text;
}

static void contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_error("not there: %s\nin:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void the_same(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    write_run(first_path, &run);
    strcpy(run.lines[0].text, "Wine 8.0 with Holdfast 0.1.0");
    write_run(second_path, &run);
    char *text = compared(80, 0, false);
    contains(text,
             "system          Windows 10.0.19045              Wine 8.0 with Holdfast 0.1.0\n");
    contains(text, "       6  the same\n");
    contains(text, "The two reports say the same of every case.\n");
    assert_null(strstr(text, "Cases that differ"));
    free(text);
}

static void every_difference(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    run.cases[PASSED].exchange_count = 3;
    run.cases[PASSED].exchanges[1] = (struct exchange){"node 1: only in A", "", "TRUE"};
    run.cases[PASSED].exchanges[2] = (struct exchange){"node 2: PR_IN", "", "TRUE, 8 bytes"};
    run.case_count = 5;
    write_run(first_path, &run);
    run = sample_run();
    run.cases++;
    run.case_count = 5;
    run.cases[FAILED - 1].verdict = PASSED;
    run.cases[FAILED - 1].mismatch_count = 0;
    run.cases[DIFFERS - 1].verdict = SKIPPED;
    strcpy(run.cases[DIFFERS - 1].reason, "no raw I/O");
    write_run(second_path, &run);
    char *text = compared(80, 1, false);
    contains(text, "\nCases that differ\n  pr_out.reserve.sweep.type_7\n      A  failed\n"
                   "         answer: expected FALSE");
    contains(text, "      B  passed\n");
    contains(text, "\nSkipped in B only\n  1 case: no raw I/O\n");
    contains(text, "\nCases in A only\n  pr_out.reserve.sweep.type_1\n");
    contains(text, "\nCases in B only\n  preempt.loser\n");
    contains(text, "       4  in both\n       2  the same\n       1  other verdict\n");
    contains(text, "The two reports differ.");
    free(text);
}

static void answers_and_observations(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    run.cases[PASSED].exchange_count = 3;
    run.cases[PASSED].exchanges[1] = (struct exchange){"node 1: only in A", "", "TRUE"};
    run.cases[PASSED].exchanges[2] = (struct exchange){"node 2: PR_IN", "", "TRUE, 8 bytes"};
    run.case_count = 1;
    write_run(first_path, &run);
    run.cases[PASSED].exchange_count = 2;
    run.cases[PASSED].exchanges[1] = (struct exchange){"node 2: PR_IN", "", "FALSE, error 170"};
    strcpy(run.cases[PASSED].observations[0].answer, "0");
    write_run(second_path, &run);
    char *text = compared(80, 1, false);
    contains(text, "    node 2: PR_IN\n      A  TRUE, 8 bytes\n      B  FALSE, error 170\n");
    contains(text, "  pr_out.information (1 case: pr_out.reserve.sweep.type_1)\n"
                   "      A  24\n      B  0\n");
    contains(text, "       1  other answer\n       1  other observation\n");
    free(text);
}

static void a_request_more_in_the_second_report(void **state)
{
    (void)state;
    struct run_result run = sample_run();

    run.cases[PASSED].exchanges[0] = (struct exchange){"node 2: PR_IN", "", "TRUE, 8 bytes"};
    strcpy(run.cases[PASSED].observations[0].question, "disk.aptpl");
    run.case_count = 1;
    write_run(first_path, &run);
    run.cases[PASSED].exchange_count = 2;
    run.cases[PASSED].exchanges[0] = (struct exchange){"node 1: only in B", "", "TRUE"};
    run.cases[PASSED].exchanges[1] = (struct exchange){"node 2: PR_IN", "", "FALSE, error 170"};
    run.cases[PASSED].observations[0] = (struct observation){"reset.bus", "another"};
    write_run(second_path, &run);
    char *text = compared(80, 1, false);
    contains(text, "       1  other answer\n       0  other observation\n");
    free(text);
}

static void hostile_text_cannot_steer_the_terminal(void **state)
{
    (void)state;
    static const unsigned widths[] = {20, 40, 80};
    struct run_result run = sample_run();

    strcpy(run.lines[0].text, HOSTILE HOSTILE);
    strcpy(run.cases[PASSED].exchanges[0].outcome, HOSTILE);
    write_run(first_path, &run);
    run.cases[PASSED].exchanges[0].outcome[0] = 'x';
    write_run(second_path, &run);
    for (size_t i = 0; i < COUNT(widths); i++) {
        char *text = compared(widths[i], 1, false);
        for (const char *at = text; *at; at++)
            assert_true((unsigned char)*at >= 0x20 || *at == '\n');
        free(text);
    }
}

static void files_that_are_no_reports(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *problem;
    } rows[] = {
        {"", ":1:1: the file ends"},
        {"{\n \"format\": 1,\n x", ":3:2: "},
        {"\xff\xfe{", ": the file is UTF-16"},
        {"[]", ": this is no report"},
        {"{\"format\": 2}", "another format than 1"},
        {"{\"format\": 1}", "no list \"cases\""},
        {"{\"format\": 1, \"cases\": [{\"name\": \"a\", \"verdict\": \"passed\"}, 1]}",
         ": case 2 has no name"},
        {"{\"format\": 1, \"cases\": [{\"name\": \"a\"}]}", ": case 1 has no verdict"},
        {"{\"format\": 1, \"cases\": [{\"name\": \"a\", \"verdict\": \"passed\"},"
         "{\"verdict\": \"passed\", \"name\": \"a\"}]}",
         "two cases of one name"},
    };
    const struct run_result run = sample_run();

    write_run(first_path, &run);
    for (size_t i = 0; i < COUNT(rows); i++) {
        write_bytes(second_path, rows[i].bytes, strlen(rows[i].bytes));
        char *text = compared(80, 2, true);
        EXPECT(strncmp(text, second_path, strlen(second_path)), 0, "path before %s", text);
        if (!strstr(text, rows[i].problem))
            fail_msg("row %zu: %s", i, text);
        free(text);
    }
    first_path[1] = 'x';
    char *text = compared(80, 2, true);
    first_path[1] = 't';
    contains(text, "No such file");
    free(text);
}

/* Members in another order, and some that nobody knows. */
static void other_orders_and_unknown_members(void **state)
{
    (void)state;
    static const char first[] =
        "{\"new\": [{}], \"cases\": [{\"verdict\": \"passed\", \"name\": \"b\"}, {\"x\": null,"
        "\"name\": \"a\", \"verdict\": \"failed\", \"exchanges\": 7}], \"format\": 1}";
    static const char second[] =
        "{\"format\": 1, \"cases\": [{\"name\": \"a\", \"verdict\": \"failed\"},"
        "{\"name\": \"b\", \"verdict\": \"passed\"}], \"environment\": {\"system\": \"s\"}}";

    write_bytes(first_path, first, strlen(first));
    write_bytes(second_path, second, strlen(second));
    char *text = compared(80, 0, false);
    contains(text, "       2  the same\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same),
        cmocka_unit_test(every_difference),
        cmocka_unit_test(answers_and_observations),
        cmocka_unit_test(a_request_more_in_the_second_report),
        cmocka_unit_test(hostile_text_cannot_steer_the_terminal),
        cmocka_unit_test(files_that_are_no_reports),
        cmocka_unit_test(other_orders_and_unknown_members),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
