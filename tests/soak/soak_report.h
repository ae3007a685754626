/* What the soak says: the counts at the end, and everything about a burst that went wrong. */
#ifndef TESTS_SOAK_SOAK_REPORT_H
#define TESTS_SOAK_SOAK_REPORT_H

#include "soak_search.h"

enum { COUNTED_ERRORS = 12 };

struct soak_counts {
    uint32_t bursts, searched, given_up, refusal_bursts;
    uint32_t check_points, sg_persist_check_points;
    uint64_t visited;
    uint32_t overlapping; /* bursts in which requests of the two nodes were under way at once */
    uint64_t commands;    /* that Linux sent to the disk for the nodes */
    uint32_t reached_disk;
    uint32_t errors[COUNTED_ERRORS]; /* which they are, in the order of their coming */
    int error_count;
    uint32_t answers[SOAK_KINDS][COUNTED_ERRORS];
    uint32_t ways[128]; /* by letter */
};

void soak_count(struct soak_counts *counts, const struct soak_burst *burst);

void soak_print_counts(const struct soak_counts *counts);

/* The burst with all its requests in the order of their beginnings. */
void soak_print_burst(const struct soak_burst *burst);

/* The states, under a heading. */
void soak_print_states(const char *heading, const struct soak_states *states);

/* How far the search came. */
void soak_print_longest(const struct soak_step *steps, int count, const struct soak_search *search);

#endif
