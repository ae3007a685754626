/* A generator of its own (xorshift64*), so that a seed means the same everywhere. */
#ifndef TESTS_SOAK_SOAK_RANDOM_H
#define TESTS_SOAK_SOAK_RANDOM_H

#include <stdint.h>

struct soak_random {
    uint64_t state;
};

/* Each burst has a sequence of its own. */
static inline struct soak_random soak_random_of(uint64_t seed, uint32_t burst)
{
    uint64_t state = seed + (burst + 1) * 0x9e3779b97f4a7c15;

    state = (state ^ state >> 30) * 0xbf58476d1ce4e5b9;
    return (struct soak_random){state ? state : 1};
}

/* 0 to below - 1. */
static inline uint32_t soak_random(struct soak_random *random, uint32_t below)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return (uint32_t)((random->state * 0x2545f4914f6cdd1d) >> 33) % below;
}

/* True in `percent` of 100 cases. */
static inline int soak_chance(struct soak_random *random, uint32_t percent)
{
    return soak_random(random, 100) < percent;
}

#endif
