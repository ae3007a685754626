/* Keys that the suite registers begin with "HF", so that a clean-up and a server know its own. */
#ifndef CONFORMANCE_KEY_MARK_H
#define CONFORMANCE_KEY_MARK_H

#include <stdbool.h>
#include <stdint.h>

enum { KEY_MARK = 0x4846, KEY_MARK_SHIFT = 48 };

static inline bool key_is_marked(uint64_t key)
{
    return key >> KEY_MARK_SHIFT == KEY_MARK;
}

#endif
