/* How --compare shows what it found. */
#ifndef CONFORMANCE_COMPARE_REPORT_H
#define CONFORMANCE_COMPARE_REPORT_H

#include "compare_case.h"
#include "report.h"

enum side { FIRST, SECOND, SIDES };

struct comparison {
    struct report_file files[SIDES];
    struct tally missing[SIDES]; /* names of cases in this file only */
    struct tally skipped[SIDES]; /* reasons of cases that were skipped on this side only */
    struct tally observations;
    size_t both, equal; /* cases in both files, those of them that do not differ */
    size_t skipped_count, verdicts, answers, observed;
    bool heading_printed;
};

bool comparison_is_equal(const struct comparison *comparison);

void print_compared_environments(const struct comparison *comparison,
                                 const struct live_report *report);
/* A case with another verdict or another answer. */
void print_case_difference(struct comparison *comparison, const struct live_report *report,
                           const struct file_case *first, const struct file_case *second,
                           const struct case_difference *difference);
/* What is grouped, and the counts. */
void print_comparison_end(struct comparison *comparison, const struct live_report *report);

#endif
