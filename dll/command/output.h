/* The way out of both programs: launcher/output.c onto Windows' consoles, linux/output.c. */
#ifndef HOLDFAST_COMMAND_OUTPUT_H
#define HOLDFAST_COMMAND_OUTPUT_H

#include "text.h"

#include <stdbool.h>

/* Writes the whole of `text` to standard output, and frees it. False, with a line on standard
 * error, where not all of it could be written. */
bool output_write(struct text *text);

/* The same to standard error, where there is nobody left to tell of a failure. */
void output_write_error(struct text *text);

/* One line on standard error: "holdfast: " and the message. */
__attribute__((format(printf, 1, 2))) void output_message(const char *format, ...);

#endif
