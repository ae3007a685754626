/* The program's texts are UTF-8; Windows' names are UTF-16. */
#ifndef CONFORMANCE_WIDE_H
#define CONFORMANCE_WIDE_H

#include <stdbool.h>
#include <stddef.h>

enum { WIDE_MAX = 1024 };

/* False where it does not fit or is not UTF-8. */
bool wide_from_utf8(const char *text, wchar_t wide[WIDE_MAX]);

/* Allocated; NULL without memory. Unpaired surrogates become U+FFFD. */
char *utf8_from_wide(const wchar_t *wide);

#endif
