#include "report_table.h"

#include "report_text.h"

#include <string.h>

enum column { COLUMN_PASSED, COLUMN_FAILED, COLUMN_SKIPPED, COLUMN_DIFFERS, TABLE_COLUMNS };

static const struct {
    const char *heading;
    enum colour colour; /* of numbers that are not 0 */
} columns[TABLE_COLUMNS] = {
    [COLUMN_PASSED] = {"pass", GREEN},
    [COLUMN_FAILED] = {"fail", RED},
    [COLUMN_SKIPPED] = {"skip", YELLOW},
    [COLUMN_DIFFERS] = {"differ", CYAN},
};

static const enum column column_of[VERDICTS] = {
    [PASSED] = COLUMN_PASSED,   [FAILED] = COLUMN_FAILED,          [SKIPPED] = COLUMN_SKIPPED,
    [DIFFERS] = COLUMN_DIFFERS, [DIFFERS_NO_MORE] = COLUMN_FAILED, [TIMED_OUT] = COLUMN_FAILED,
};

enum { CELL = 7, FAMILY_COLUMN_MAX = 40 };

struct counts {
    unsigned of[TABLE_COLUMNS];
};

static bool is_of_family(const struct case_result *result, const char *family, size_t length)
{
    return case_family_length(result->name) == length && !memcmp(result->name, family, length);
}

static bool is_first_of_family(const struct run_result *run, size_t number, size_t length)
{
    for (size_t i = 0; i < number; i++)
        if (is_of_family(&run->cases[i], run->cases[number].name, length))
            return false;
    return true;
}

static void print_row(const struct live_report *report, const char *family, unsigned width,
                      const struct counts *counts)
{
    unsigned used = text_clipped(report, family, text_columns(report));

    if (used > width) {
        fputc('\n', report->stream);
        used = 0;
    }
    text_blanks(report, width - used);
    for (int i = 0; i < TABLE_COLUMNS; i++) {
        text_colour(report, counts->of[i] ? columns[i].colour : PLAIN);
        fprintf(report->stream, "%*u", CELL, counts->of[i]);
        text_colour(report, PLAIN);
    }
    fputc('\n', report->stream);
}

static void print_table_head(const struct live_report *report, unsigned width)
{
    fputc('\n', report->stream);
    text_colour(report, BOLD);
    text_blanks(report, width - text_clipped(report, "Family", width));
    for (int i = 0; i < TABLE_COLUMNS; i++)
        fprintf(report->stream, "%*s", CELL, columns[i].heading);
    text_colour(report, PLAIN);
    fputc('\n', report->stream);
}

/* What the longest name needs and the line has. */
static unsigned family_column(const struct live_report *report, const struct run_result *run)
{
    const unsigned room = text_columns(report), cells = TABLE_COLUMNS * CELL;
    size_t longest = 6;

    for (size_t i = 0; i < run->case_count; i++) {
        const size_t length = case_family_length(run->cases[i].name);

        longest = length > longest ? length : longest;
    }
    if (longest > FAMILY_COLUMN_MAX)
        longest = FAMILY_COLUMN_MAX;
    return room > cells + longest ? (unsigned)longest : room > cells ? room - cells : 0;
}

void print_families(const struct live_report *report, const struct run_result *run)
{
    const unsigned width = family_column(report, run);
    struct counts total = {{0}};

    if (!run->case_count)
        return;
    print_table_head(report, width);
    for (size_t i = 0; i < run->case_count; i++) {
        const size_t length = case_family_length(run->cases[i].name);
        struct counts counts = {{0}};
        char family[160];

        total.of[column_of[run->cases[i].verdict]]++;
        if (!is_first_of_family(run, i, length))
            continue;
        for (size_t k = i; k < run->case_count; k++)
            if (is_of_family(&run->cases[k], run->cases[i].name, length))
                counts.of[column_of[run->cases[k].verdict]]++;
        snprintf(family, sizeof(family), "%.*s", (int)length, run->cases[i].name);
        print_row(report, family, width, &counts);
    }
    print_row(report, "all", width, &total);
}

/* How it went, and what to do now. */
static void describe(const struct run_result *run, size_t failed, char *text, size_t size)
{
    const unsigned cases = (unsigned)run->case_count;
    const unsigned skipped = (unsigned)run_count(run, SKIPPED);
    const unsigned differs = (unsigned)run_count(run, DIFFERS);

    if (!cases)
        snprintf(text, size, "No case was run. --list shows the names that --run can match.");
    else if (failed)
        snprintf(text, size,
                 "%u of %u cases failed: this system or disk answers otherwise than the sources "
                 "say, or the list of expected differences is wrong. Run again with --json FILE "
                 "and send that file.",
                 (unsigned)failed, cases);
    else if (skipped == cases)
        snprintf(text, size,
                 "Nothing was tested: all %u cases were skipped. The reasons above say what they "
                 "need.",
                 cases);
    else if (differs)
        snprintf(text, size,
                 "Nothing failed: %u of %u cases passed, %u differ as expected, %u were skipped.",
                 cases - skipped - differs, cases, differs, skipped);
    else if (skipped)
        snprintf(text, size,
                 "Nothing failed: %u of %u cases passed, %u were skipped. The reasons above say "
                 "what they need.",
                 cases - skipped, cases, skipped);
    else
        snprintf(text, size, "All %u cases passed.%s", cases,
                 run->stopped[0] || run->left_behind[0] ? "" : " Nothing is left to do.");
}

static void print_coloured(const struct live_report *report, enum colour colour, const char *lead,
                           const char *text)
{
    text_colour(report, colour);
    text_paragraph(report, 0, "%s%s", lead, text);
    text_colour(report, PLAIN);
}

void print_last_words(const struct live_report *report, const struct run_result *run)
{
    const size_t failed =
        run_count(run, FAILED) + run_count(run, DIFFERS_NO_MORE) + run_count(run, TIMED_OUT);
    const bool tested = run_count(run, SKIPPED) < run->case_count;
    char text[400];

    fprintf(report->stream, "\nThe run took %lu.%lu s.\n", (unsigned long)run->milliseconds / 1000,
            (unsigned long)run->milliseconds % 1000 / 100);
    describe(run, failed, text, sizeof(text));
    print_coloured(report, failed ? RED : tested ? GREEN : YELLOW, "", text);
    if (run->stopped[0])
        print_coloured(report, RED, "The run did not come to its end: ", run->stopped);
    if (run->left_behind[0])
        print_coloured(report, RED, "The disk is not as it was found: ", run->left_behind);
}
