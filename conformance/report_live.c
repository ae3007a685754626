/* What a person sees while the cases run. report_summary.c has the end. */
#include "report_text.h"

#include <string.h>

enum { DETAIL_INDENT = 4, PROGRESS_MAX = 160 };

static const struct {
    const char *label;
    enum colour colour;
    bool quiet; /* only where the report is verbose; the end counts them by reason */
} verdicts[VERDICTS] = {
    [PASSED] = {"ok", GREEN, true},
    [FAILED] = {"FAILED", RED, false},
    [SKIPPED] = {"skipped", YELLOW, true},
    [DIFFERS] = {"differs", CYAN, true},
    [DIFFERS_NO_MORE] = {"DIFFERS NO MORE", RED, false},
    [TIMED_OUT] = {"TIMED OUT", RED, false},
};

void report_start(const struct live_report *report, const struct run_result *run, size_t planned)
{
    char cases[TEXT_COUNT_MAX];

    text_paragraph(report, 0, "holdfast-conformance %s: %s, from %s on.", run->suite_version,
                   text_cases(planned, cases), run->started);
    fflush(report->stream);
}

/* The cursor stays behind the line, so that whatever else is printed can be told from it. */
void report_case_starts(const struct live_report *report, const char *name, size_t done,
                        size_t planned)
{
    const unsigned columns = text_columns(report);
    char line[PROGRESS_MAX];

    if (!report->progress_line)
        return;
    snprintf(line, sizeof(line), "%u/%u %s", (unsigned)done + 1, (unsigned)planned, name);
    fputc('\r', report->stream);
    text_blanks(report, columns - text_clipped(report, line, columns));
    fflush(report->stream);
}

static void clear_progress(const struct live_report *report)
{
    if (!report->progress_line)
        return;
    fputc('\r', report->stream);
    text_blanks(report, text_columns(report));
    fputc('\r', report->stream);
}

static void print_heading(const struct live_report *report, const struct case_result *result)
{
    const char *label = verdicts[result->verdict].label;

    text_colour(report, verdicts[result->verdict].colour);
    fputs(label, report->stream);
    text_colour(report, PLAIN);
    fputs("  ", report->stream);
    text_wrapped(report, (unsigned)strlen(label) + 2, DETAIL_INDENT, result->name);
}

static void print_mismatches(const struct live_report *report, const struct case_result *result)
{
    for (unsigned i = 0; i < result->mismatch_count && i < RESULT_MISMATCHES; i++)
        text_paragraph(report, DETAIL_INDENT, "%s: expected %s; seen %s",
                       result->mismatches[i].what, result->mismatches[i].expected,
                       result->mismatches[i].seen);
    if (result->mismatch_count > RESULT_MISMATCHES)
        text_paragraph(report, DETAIL_INDENT, "and %u more that were not as expected",
                       result->mismatch_count - RESULT_MISMATCHES);
}

static void print_exchanges(const struct live_report *report, const struct case_result *result)
{
    for (unsigned i = 0; i < result->exchange_count && i < RESULT_EXCHANGES; i++) {
        const struct exchange *exchange = &result->exchanges[i];

        text_paragraph(report, DETAIL_INDENT, "%u. %s", i + 1, exchange->request);
        if (exchange->input[0])
            text_paragraph(report, DETAIL_INDENT + 3, "input %s", exchange->input);
        text_paragraph(report, DETAIL_INDENT + 3, "%s", exchange->outcome);
    }
    if (result->exchange_count > RESULT_EXCHANGES)
        text_paragraph(report, DETAIL_INDENT, "and %u more requests",
                       result->exchange_count - RESULT_EXCHANGES);
}

void report_case(const struct live_report *report, const struct case_result *result)
{
    const bool failed = verdict_is_failure(result->verdict);

    clear_progress(report);
    if (verdicts[result->verdict].quiet && !report->verbose)
        return;
    print_heading(report, result);
    if (result->reason[0])
        text_paragraph(report, DETAIL_INDENT, "%s", result->reason);
    print_mismatches(report, result);
    if (failed && report->verbose) {
        text_paragraph(report, DETAIL_INDENT, "source: %s", result->source);
        print_exchanges(report, result);
    }
    fflush(report->stream);
}
