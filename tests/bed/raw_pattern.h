/* What raw writes put on the disk: a progression of words, so that data that are missing, doubled,
 * shifted or of two writes are told from data that are right. Known to the agent and the tests. */
#ifndef TESTS_BED_RAW_PATTERN_H
#define TESTS_BED_RAW_PATTERN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define RAW_TORN    0xffffffffu /* no stamp: the data are no progression */
#define RAW_NOTHING 0xfffffffeu /* no stamp: there are no data */

static inline uint32_t raw_pattern_word(uint32_t stamp, size_t index)
{
    return stamp + (uint32_t)index * 0x01000193u;
}

static inline void raw_pattern_fill(uint8_t *bytes, size_t length, uint32_t stamp)
{
    for (size_t i = 0; i < length / 4; i++) {
        const uint32_t word = raw_pattern_word(stamp, i);

        memcpy(bytes + 4 * i, &word, 4);
    }
}

/* The stamp that these bytes were filled with. */
static inline uint32_t raw_pattern_stamp(const uint8_t *bytes, size_t length)
{
    uint32_t stamp, word;

    if (length < 4)
        return RAW_NOTHING;
    memcpy(&stamp, bytes, 4);
    for (size_t i = 1; i < length / 4; i++) {
        memcpy(&word, bytes + 4 * i, 4);
        if (word != raw_pattern_word(stamp, i))
            return RAW_TORN;
    }
    return stamp;
}

#endif
