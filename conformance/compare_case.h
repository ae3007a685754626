/* Where two runs of one case differ, and what they saw. */
#ifndef CONFORMANCE_COMPARE_CASE_H
#define CONFORMANCE_COMPARE_CASE_H

#include "report_file.h"
#include "tally.h"

struct case_difference {
    bool verdict;
    bool skipped_once; /* on one side only: nothing else is compared then */
    bool observation;
    /* The first request that both sides made and that was answered otherwise; NULL: none. */
    const struct json *first_exchange, *second_exchange;
};

/* Adds to `observations` each question that both sides answered, and otherwise: question, the
 * first's answer, the second's. */
struct case_difference compare_case(const struct file_case *first, const struct file_case *second,
                                    struct tally *observations);
bool case_differs(const struct case_difference *difference);

#endif
