/* Random bursts. */
#ifndef TESTS_SOAK_SOAK_GENERATOR_H
#define TESTS_SOAK_SOAK_GENERATOR_H

#include "soak_model.h"
#include "soak_random.h"

enum { SOAK_THREADS = 8 };

struct soak_generator {
    struct soak_random random;
    bool uses_ports;
    uint32_t slow_percent; /* of the bursts may have requests that end in NOT READY after 2 s */
};

/* A burst for a disk that is in this state, which decides what is likely and never what is right.
 * The burst's number must be set. */
void soak_generate(struct soak_generator *generator, const struct soak_state *state,
                   struct soak_burst *burst);

/* soak_refusals.c: one request that must be refused, of any kind. */
void soak_generate_refusal(struct soak_random *random, struct soak_request *request);

/* The input of a PERSISTENT RESERVE OUT or IN as a program would make it. */
void soak_fill_pr_out(struct soak_request *request);
void soak_fill_pr_in(struct soak_request *request);

/* One of the keys that everybody uses; 0 is not among them. */
uint64_t soak_random_key(struct soak_random *random);

#endif
