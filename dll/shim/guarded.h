/* Touching a caller's memory as the I/O manager does: a bad pointer is an answer and no crash.
 *
 * The functions that end in an underscore are assembly (guarded_ARCHITECTURE.S); a fault in them
 * comes back as their return value. Guard pages, write watches and copy-on-write work as in any
 * other code, because it is the program's own thread that touches the memory. */
#ifndef HOLDFAST_SHIM_GUARDED_H
#define HOLDFAST_SHIM_GUARDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All return 0, or 1 where a page could not be touched; what came before it has been copied. */
int holdfast_guarded_copy_(void *to, const void *from, size_t length);
int holdfast_guarded_store_(void *to, uintptr_t value);
/* Reads, or reads and writes back, one byte in each page from `from` up to `end`. */
int holdfast_guarded_touch_(const void *from, const void *end, int write);

/* Copies between a caller's buffer and ours, either way. False after a fault. */
static inline bool guarded_copy(void *to, const void *from, size_t length)
{
    return holdfast_guarded_copy_(to, from, length) == 0;
}

/* Stores a word in one piece. False after a fault. */
static inline bool guarded_store(void *to, uintptr_t value)
{
    return holdfast_guarded_store_(to, value) == 0;
}

/* Whether `length` bytes from `address` may be read, or written too. Nothing is changed, not even
 * for a moment that another thread could see. Source: ProbeForRead and ProbeForWrite. */
bool guarded_probe(const void *address, uint32_t length, bool write);

#endif
