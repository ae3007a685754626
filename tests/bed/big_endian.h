/* SCSI's byte order. */
#ifndef TESTS_BED_BIG_ENDIAN_H
#define TESTS_BED_BIG_ENDIAN_H

#include <stdint.h>

static inline void big_endian_write(uint8_t *bytes, int count, uint64_t value)
{
    for (int i = count - 1; i >= 0; i--, value >>= 8)
        bytes[i] = (uint8_t)value;
}

static inline uint64_t big_endian_read(const uint8_t *bytes, int count)
{
    uint64_t value = 0;

    for (int i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

#endif
