#include "conformance_run.h"

#include <stdlib.h>
#include <string.h>

static struct case_result cases[VERDICTS];

static void set_case(enum verdict verdict, const char *name, const char *reason)
{
    struct case_result *result = &cases[verdict];

    memset(result, 0, sizeof(*result));
    result->name = name;
    result->source = "SPC-4 5.12.7";
    result->verdict = verdict;
    result->milliseconds = 1500;
    snprintf(result->reason, sizeof(result->reason), "%s", reason);
    result->exchange_count = 1;
    result->exchanges[0] =
        (struct exchange){"node 1: PR_OUT RESERVE type 3", "0c00", "TRUE, 0 bytes"};
}

struct run_result empty_run(void)
{
    struct run_result run = {.suite_version = "0.1.0", .started = "2026-01-02T03:04:05Z"};

    return run;
}

struct run_result sample_run(void)
{
    struct run_result run = empty_run();

    set_case(PASSED, "pr_out.reserve.sweep.type_1", "");
    set_case(FAILED, "pr_out.reserve.sweep.type_7", "");
    set_case(SKIPPED, "break.bus", "resets the whole bus: say --bus-reset");
    set_case(DIFFERS, "io.raw", "Wine caches pages");
    set_case(DIFFERS_NO_MORE, "io.pointer.null", "Wine was said to differ");
    set_case(TIMED_OUT, "preempt.loser", "no answer within 60 s");
    cases[FAILED].mismatch_count = 6;
    for (int i = 0; i < RESULT_MISMATCHES; i++)
        cases[FAILED].mismatches[i] =
            (struct mismatch){"answer", "FALSE, error 170, STATUS_DEVICE_BUSY", "TRUE, 0 bytes"};
    cases[PASSED].observation_count = 1;
    cases[PASSED].observations[0] = (struct observation){"pr_out.information", "24"};
    run.milliseconds = 12345;
    run.line_count = 2;
    run.lines[0] = (struct environment_line){"system", "Windows 10.0.19045"};
    run.lines[1] = (struct environment_line){"disk", "LIO-ORG disk0 4.0"};
    run.cases = cases;
    run.case_count = VERDICTS;
    return run;
}

char *stream_text(FILE *stream)
{
    const long length = (fflush(stream), fseek(stream, 0, SEEK_END), ftell(stream));
    char *text = malloc((size_t)length + 1);

    assert_non_null(text);
    rewind(stream);
    assert_int_equal(fread(text, 1, (size_t)length, stream), length);
    text[length] = '\0';
    return text;
}

char *written(bool (*write)(FILE *stream, const struct run_result *run),
              const struct run_result *run)
{
    FILE *stream = tmpfile();
    char *text;

    assert_non_null(stream);
    assert_true(write(stream, run));
    text = stream_text(stream);
    fclose(stream);
    return text;
}

unsigned occurrences(const char *text, const char *part)
{
    unsigned count = 0;

    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}
