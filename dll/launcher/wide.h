/* Between Windows' strings and ours. */
#ifndef HOLDFAST_LAUNCHER_WIDE_H
#define HOLDFAST_LAUNCHER_WIDE_H

#include <wchar.h>

/* The result is the caller's to free(), NULL without memory. What is not valid on one side becomes
 * U+FFFD on the other. */
char *utf8_from_wide(const wchar_t *wide);
wchar_t *wide_from_utf8(const char *utf8);

#endif
