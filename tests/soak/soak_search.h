/* Is there an order of a burst's steps that explains every answer?
 *
 * A step may come before another unless that other's request had been answered before this one's
 * was made. The search walks all orders that this leaves, each step performed on the model, and
 * gives a branch up where the model would have answered otherwise. What was reached, a set of steps
 * done and a state, is remembered, so that it is searched from once. */
#ifndef TESTS_SOAK_SOAK_SEARCH_H
#define TESTS_SOAK_SOAK_SEARCH_H

#include "soak_model.h"

enum { SOAK_STEPS_MAX = 30, SOAK_STATES_MAX = 256 };

/* States of the disk that are all possible, as far as is known. */
struct soak_states {
    int count;
    struct soak_state states[SOAK_STATES_MAX];
};

struct soak_search {
    struct soak_states ends; /* empty: no order explains the answers */
    /* The longest explanation of a part, for the report. */
    int longest;
    int order[SOAK_STEPS_MAX];
    struct soak_state reached;
    uint32_t visited; /* sets of steps with a state */
    bool gave_up;     /* too much to search; nothing is known then */
};

/* Makes the steps of those requests that reach the disk; returns their number, or -1 where there
 * are more than SOAK_STEPS_MAX. */
int soak_make_steps(const struct soak_burst *burst, struct soak_step *steps);

void soak_search(const struct soak_step *steps, int count, const struct soak_states *starts,
                 struct soak_search *search);

/* Adds it where it is not there yet; false where there is no room. */
bool soak_add_state(struct soak_states *states, const struct soak_state *state);

#endif
