/* The disk as the soak follows it: pr_model.c's state, PRgeneration, and the SPC-2 reservation. */
#ifndef TESTS_SOAK_SOAK_MODEL_H
#define TESTS_SOAK_SOAK_MODEL_H

#include "soak_request.h"

#include "../bed/pr_model.h"

struct soak_state {
    struct disk_state pr;
    uint32_t generation;
    int legacy; /* who holds the SPC-2 reservation: an index, or NOBODY */
};

bool soak_same_state(const struct soak_state *a, const struct soak_state *b);

/* One indivisible thing that a request does to the disk. BREAK_RESERVATION is two of them: the
 * reset, and later the look whether the unit is free. */
struct soak_step {
    const struct soak_request *request;
    bool is_reset;
    int after; /* the step of the same request that comes before, or -1 */
};

/* Performs the step on `state`. False where the disk, being in this state, would not have given
 * the answer that the request has. */
bool soak_perform(struct soak_state *state, const struct soak_step *step);

void soak_describe_state(const struct soak_state *state, char *line, size_t size);

#endif
