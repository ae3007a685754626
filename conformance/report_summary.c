/* What a person sees at the end of a run. */
#include "questions.h"
#include "report_table.h"
#include "report_text.h"
#include "tally.h"

#include <string.h>

enum { INDENT = 2, MORE_INDENT = 6, NAME_COLUMN_MAX = 20 };

static void print_environment(const struct live_report *report, const struct run_result *run)
{
    unsigned column = 0;

    if (!run->line_count)
        return;
    for (unsigned i = 0; i < run->line_count; i++) {
        const unsigned width = text_width(run->lines[i].name);

        column = width > column ? width : column;
    }
    column = INDENT + 2 + (column < NAME_COLUMN_MAX ? column : NAME_COLUMN_MAX);
    text_heading(report, "Environment");
    for (unsigned i = 0; i < run->line_count; i++) {
        unsigned at = INDENT;

        text_blanks(report, INDENT);
        at += text_clipped(report, run->lines[i].name, NAME_COLUMN_MAX);
        text_blanks(report, column - at);
        text_wrapped(report, column, column, run->lines[i].text);
    }
}

/* "12 cases: REASON" for each reason that cases of this verdict have. */
static void print_reasons(const struct live_report *report, const struct run_result *run,
                          enum verdict verdict, const char *heading)
{
    struct tally reasons = {0};
    char cases[TEXT_COUNT_MAX];

    for (size_t i = 0; i < run->case_count; i++)
        if (run->cases[i].verdict == verdict)
            tally_add(&reasons, run->cases[i].reason, "", "", run->cases[i].name);
    tally_finish(&reasons);
    if (reasons.count)
        text_heading(report, heading);
    for (size_t i = 0; i < reasons.count; i++) {
        const struct tally_row *row = &reasons.rows[i];

        text_blanks(report, INDENT);
        text_cases(row->count, cases);
        fprintf(report->stream, "%s: ", cases);
        text_wrapped(report, INDENT + (unsigned)strlen(cases) + 2, MORE_INDENT, row->texts[0]);
        if (verdict == DIFFERS)
            text_paragraph(report, MORE_INDENT, "%s%s", row->count > 1 ? "such as " : "",
                           row->example);
    }
    if (reasons.incomplete)
        text_paragraph(report, INDENT, "and others, for which there was no memory");
    tally_free(&reasons);
}

static const char *words_of(const char *name)
{
    for (int question = 0; question < QUESTION_COUNT; question++)
        if (!strcmp(question_name((enum question)question), name))
            return question_words((enum question)question);
    return "";
}

static void print_question(const struct live_report *report, const char *name)
{
    const char *words = words_of(name);

    text_paragraph(report, INDENT, "%s%s%s", name, words[0] ? ": " : "", words);
}

static void tally_observations(struct tally *answers, const struct run_result *run)
{
    for (size_t i = 0; i < run->case_count; i++) {
        const struct case_result *result = &run->cases[i];

        for (unsigned k = 0; k < result->observation_count && k < RESULT_OBSERVATIONS; k++)
            tally_add(answers, result->observations[k].question, result->observations[k].answer, "",
                      result->name);
    }
    tally_finish(answers);
}

static bool is_first_of_question(const struct tally *answers, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (!strcmp(answers->rows[i].texts[0], answers->rows[number].texts[0]))
            return false;
    return true;
}

/* Each question once, with every answer that was seen and how often. */
static void print_observations(const struct live_report *report, const struct run_result *run)
{
    struct tally answers = {0};
    char cases[TEXT_COUNT_MAX];

    tally_observations(&answers, run);
    if (answers.count)
        text_heading(report, "Open questions that this run answers");
    for (size_t i = 0; i < answers.count; i++) {
        if (!is_first_of_question(&answers, i))
            continue;
        print_question(report, answers.rows[i].texts[0]);
        for (size_t k = i; k < answers.count; k++)
            if (!strcmp(answers.rows[k].texts[0], answers.rows[i].texts[0]))
                text_paragraph(report, MORE_INDENT, "%s (%s)", answers.rows[k].texts[1],
                               text_cases(answers.rows[k].count, cases));
    }
    tally_free(&answers);
}

void report_end(const struct live_report *report, const struct run_result *run)
{
    print_environment(report, run);
    print_reasons(report, run, DIFFERS, "Expected differences");
    print_reasons(report, run, SKIPPED, "Skipped");
    print_observations(report, run);
    print_families(report, run);
    print_last_words(report, run);
    fflush(report->stream);
}
