/* --compare: what --json said on two systems, where it is not the same. */
#include "compare_case.h"
#include "compare_report.h"
#include "report.h"

#include <string.h>

static void note_missing(struct comparison *comparison, enum side side,
                         const struct file_case *result)
{
    tally_add(&comparison->missing[side], result->name, "", "", "");
}

static void compare_pair(struct comparison *comparison, const struct live_report *report,
                         const struct file_case *first, const struct file_case *second)
{
    const struct case_difference difference =
        compare_case(first, second, &comparison->observations);

    comparison->both++;
    comparison->equal += !case_differs(&difference);
    if (difference.skipped_once) {
        const bool skipped_second = !strcmp(second->verdict, verdict_name(SKIPPED));

        tally_add(&comparison->skipped[skipped_second ? SECOND : FIRST],
                  skipped_second ? second->reason : first->reason, "", "", first->name);
        comparison->skipped_count++;
        return;
    }
    comparison->verdicts += difference.verdict;
    comparison->answers += difference.first_exchange != NULL;
    comparison->observed += difference.observation;
    if (difference.verdict || difference.first_exchange)
        print_case_difference(comparison, report, first, second, &difference);
}

/* Both are sorted by name. */
static void compare_cases(struct comparison *comparison, const struct live_report *report)
{
    const struct report_file *a = &comparison->files[FIRST], *b = &comparison->files[SECOND];
    size_t i = 0, k = 0;

    while (i < a->case_count || k < b->case_count) {
        const int order = i == a->case_count   ? 1
                          : k == b->case_count ? -1
                                               : strcmp(a->cases[i].name, b->cases[k].name);

        if (order < 0)
            note_missing(comparison, FIRST, &a->cases[i++]);
        else if (order > 0)
            note_missing(comparison, SECOND, &b->cases[k++]);
        else
            compare_pair(comparison, report, &a->cases[i++], &b->cases[k++]);
    }
}

static void free_comparison(struct comparison *comparison)
{
    for (int side = 0; side < SIDES; side++) {
        report_file_free(&comparison->files[side]);
        tally_free(&comparison->missing[side]);
        tally_free(&comparison->skipped[side]);
    }
    tally_free(&comparison->observations);
}

int compare_reports(const char *first, const char *second, const struct live_report *report,
                    FILE *errors)
{
    struct comparison comparison;
    int code = 2;

    memset(&comparison, 0, sizeof(comparison));
    if (report_file_read(&comparison.files[FIRST], first, errors) &&
        report_file_read(&comparison.files[SECOND], second, errors)) {
        print_compared_environments(&comparison, report);
        compare_cases(&comparison, report);
        print_comparison_end(&comparison, report);
        code = comparison_is_equal(&comparison) ? 0 : 1;
    }
    free_comparison(&comparison);
    return code;
}
