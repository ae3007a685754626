/* What the fuzz targets share: taking the input apart, and invariants that are never compiled out.
 */
#ifndef HOLDFAST_FUZZ_H
#define HOLDFAST_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INVARIANT(condition)                                                        \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                \
        }                                                                           \
    } while (0)

/* The fuzzer's bytes, taken from the front. At the end they go on as zeros. */
struct fuzz_input {
    const uint8_t *bytes;
    size_t left;
};

static inline void fuzz_take(struct fuzz_input *input, void *to, size_t length)
{
    size_t have = length < input->left ? length : input->left;

    memset(to, 0, length);
    if (have)
        memcpy(to, input->bytes, have);
    input->bytes += have;
    input->left -= have;
}

static inline uint8_t fuzz_byte(struct fuzz_input *input)
{
    uint8_t value;

    fuzz_take(input, &value, sizeof(value));
    return value;
}

static inline uint32_t fuzz_word(struct fuzz_input *input)
{
    uint32_t value;

    fuzz_take(input, &value, sizeof(value));
    return value;
}

/* A copy in a block of exactly this size, so that AddressSanitizer sees every byte read too far. */
static inline uint8_t *fuzz_block(struct fuzz_input *input, size_t length)
{
    uint8_t *block = malloc(length ? length : 1);

    INVARIANT(block);
    fuzz_take(input, block, length);
    return block;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
