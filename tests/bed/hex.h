/* Hexadecimal numbers in text that a program of ours or sg_persist printed. */
#ifndef TESTS_BED_HEX_H
#define TESTS_BED_HEX_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Reads a number at *text, white space before it skipped, and moves *text behind it. */
static inline bool hex_read(const char **text, uint64_t *number)
{
    char *end;

    *number = strtoull(*text, &end, 16);
    if (end == *text)
        return false;
    *text = end;
    return true;
}

#endif
