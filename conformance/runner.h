/* Runs the cases, each in a thread of its own within its time, with the unit free before each. */
#ifndef CONFORMANCE_RUNNER_H
#define CONFORMANCE_RUNNER_H

#include "report.h"
#include "test.h"

struct selection {
    const char *const *run;  /* patterns; a case that matches any is run; NULL: all */
    const char *const *skip; /* patterns; a case that matches any is skipped, and says so */
    size_t run_count, skip_count;
};

struct runner {
    struct test test; /* without a result */
    struct selection selection;
    uint32_t timeout_s;         /* for each case */
    bool stop_at_first_failure; /* --fail-fast */
    const struct live_report *report;
    volatile long *interrupted; /* set by Ctrl-C: no further case begins */
};

/* Fills run->cases (allocated; the caller frees), case_count and stopped. */
void runner_run(struct runner *runner, struct run_result *run);

/* What any of the cases that will run needs: enum need. */
uint32_t runner_needs(const struct selection *selection);

/* --list: the names of the selected cases, each with its source. */
void runner_list(FILE *stream, const struct selection *selection);

#endif
