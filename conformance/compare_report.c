#include "compare_report.h"

#include "report_text.h"

enum { INDENT = 2, DETAIL_INDENT = 6, SIDE_INDENT = 9 };

static const char *const side_names[SIDES] = {"A", "B"};

bool comparison_is_equal(const struct comparison *comparison)
{
    return comparison->equal == comparison->both && !comparison->missing[FIRST].count &&
           !comparison->missing[SECOND].count && !comparison->missing[FIRST].incomplete &&
           !comparison->missing[SECOND].incomplete;
}

/* "A  ", and the text behind it. */
static void print_side(const struct live_report *report, enum side side, const char *text)
{
    text_blanks(report, DETAIL_INDENT);
    text_colour(report, side == FIRST ? CYAN : YELLOW);
    fputs(side_names[side], report->stream);
    text_colour(report, PLAIN);
    fputs("  ", report->stream);
    text_wrapped(report, SIDE_INDENT, SIDE_INDENT, text);
}

/* The verdict with the first thing that led to it. */
static void print_verdict(const struct live_report *report, enum side side,
                          const struct file_case *result)
{
    const struct json *mismatches = json_member(result->json, "mismatches", JSON_LIST);
    const struct json *mismatch = mismatches ? mismatches->first : NULL;

    print_side(report, side, result->verdict);
    if (result->reason[0])
        text_paragraph(report, SIDE_INDENT, "%s", result->reason);
    if (mismatch)
        text_paragraph(report, SIDE_INDENT, "%s: expected %s; seen %s",
                       json_member_text(mismatch, "what"), json_member_text(mismatch, "expected"),
                       json_member_text(mismatch, "seen"));
}

void print_case_difference(struct comparison *comparison, const struct live_report *report,
                           const struct file_case *first, const struct file_case *second,
                           const struct case_difference *difference)
{
    if (!comparison->heading_printed)
        text_heading(report, "Cases that differ");
    comparison->heading_printed = true;
    text_paragraph(report, INDENT, "%s", first->name);
    if (difference->verdict) {
        print_verdict(report, FIRST, first);
        print_verdict(report, SECOND, second);
    }
    if (!difference->first_exchange)
        return;
    text_paragraph(report, INDENT + 2, "%s",
                   json_member_text(difference->first_exchange, "request"));
    print_side(report, FIRST, json_member_text(difference->first_exchange, "outcome"));
    print_side(report, SECOND, json_member_text(difference->second_exchange, "outcome"));
}

static void print_observations(struct comparison *comparison, const struct live_report *report)
{
    struct tally *tally = &comparison->observations;
    char cases[TEXT_COUNT_MAX];

    tally_finish(tally);
    if (tally->count)
        text_heading(report, "Open questions that were answered differently");
    for (size_t i = 0; i < tally->count; i++) {
        const struct tally_row *row = &tally->rows[i];

        text_paragraph(report, INDENT, "%s (%s%s%s)", row->texts[0], text_cases(row->count, cases),
                       row->count > 1 ? ", such as " : ": ", row->example);
        print_side(report, FIRST, row->texts[1]);
        print_side(report, SECOND, row->texts[2]);
    }
}

static void print_skipped(struct comparison *comparison, const struct live_report *report,
                          enum side side)
{
    struct tally *tally = &comparison->skipped[side];
    char cases[TEXT_COUNT_MAX];

    tally_finish(tally);
    if (tally->count)
        text_heading(report, side == FIRST ? "Skipped in A only" : "Skipped in B only");
    for (size_t i = 0; i < tally->count; i++) {
        const struct tally_row *row = &tally->rows[i];

        text_paragraph(report, INDENT, "%s: %s", text_cases(row->count, cases), row->texts[0]);
    }
}

static void print_missing(struct comparison *comparison, const struct live_report *report,
                          enum side side)
{
    struct tally *tally = &comparison->missing[side];

    tally_finish(tally);
    if (tally->count)
        text_heading(report, side == FIRST ? "Cases in A only" : "Cases in B only");
    for (size_t i = 0; i < tally->count; i++)
        text_paragraph(report, INDENT, "%s", tally->rows[i].texts[0]);
}

static void print_counts(const struct comparison *comparison, const struct live_report *report)
{
    const struct {
        const char *what;
        size_t count;
    } rows[] = {
        {"in both", comparison->both},
        {"the same", comparison->equal},
        {"other verdict", comparison->verdicts},
        {"other answer", comparison->answers},
        {"other observation", comparison->observed},
        {"skipped on one side", comparison->skipped_count},
        {"in A only", comparison->missing[FIRST].count},
        {"in B only", comparison->missing[SECOND].count},
    };

    text_heading(report, "Cases");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        fprintf(report->stream, "%8u  %s\n", (unsigned)rows[i].count, rows[i].what);
}

void print_comparison_end(struct comparison *comparison, const struct live_report *report)
{
    const bool equal = comparison_is_equal(comparison);

    print_observations(comparison, report);
    for (int side = 0; side < SIDES; side++)
        print_skipped(comparison, report, (enum side)side);
    for (int side = 0; side < SIDES; side++)
        print_missing(comparison, report, (enum side)side);
    print_counts(comparison, report);
    fputc('\n', report->stream);
    text_colour(report, equal ? GREEN : YELLOW);
    text_paragraph(report, 0, "%s",
                   equal ? "The two reports say the same of every case."
                         : "The two reports differ. What each of them says is above.");
    text_colour(report, PLAIN);
    fflush(report->stream);
}
