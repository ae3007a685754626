/* The way out of the launcher: UTF-8 into files and pipes, characters onto a console. */
#ifndef HOLDFAST_LAUNCHER_OUTPUT_H
#define HOLDFAST_LAUNCHER_OUTPUT_H

#include "text.h"

#include <stdbool.h>
#include <wchar.h>

/* Writes the whole of `text` to standard output, and frees it. False, with a line on standard
 * error, where not all of it could be written. */
bool output_write(struct text *text);

/* The same to standard error, where there is nobody left to tell of a failure. */
void output_write_error(struct text *text);

/* One line on standard error: "holdfast: " and the message. */
__attribute__((format(printf, 1, 2))) void output_message(const char *format, ...);

/* Conversion; the result is the caller's to free(), NULL without memory. What is not valid on one
 * side becomes U+FFFD on the other. */
char *utf8_from_wide(const wchar_t *wide);
wchar_t *wide_from_utf8(const char *utf8);

#endif
