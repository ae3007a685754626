/* The reservation keys of a run: the suite's mark, 32 random bits, and 16 bits that number them. */
#ifndef CONFORMANCE_KEYS_H
#define CONFORMANCE_KEYS_H

#include "key_mark.h"

#define KEY_NUMBER_BITS UINT64_C(0xffff)

/* By convention of the clean-up: what it registers where it needs a registration of its own. */
enum { KEY_OF_CLEAN_UP = 0xffff };

/* For a run: its keys' common part. False where the system has no random numbers. */
bool keys_make_base(uint64_t *base);

/* A key of the run with this base. */
static inline bool key_is_of(uint64_t key, uint64_t base)
{
    return (key & ~KEY_NUMBER_BITS) == base && (key & KEY_NUMBER_BITS) != 0;
}

/* What a journal may claim to be a base. */
static inline bool key_base_is_valid(uint64_t base)
{
    return key_is_marked(base) && !(base & KEY_NUMBER_BITS);
}

#endif
