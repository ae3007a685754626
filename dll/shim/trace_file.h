/* Where the trace goes. */
#ifndef HOLDFAST_SHIM_TRACE_FILE_H
#define HOLDFAST_SHIM_TRACE_FILE_H

#include "trace_settings.h"

#include <windows.h>

/* Opens what the settings name. False where that is nothing, or after a line on standard error
 * where it cannot be opened. Called after the Unix side is loaded, which writes the lines; where it
 * is not there they are written through Wine, and nothing is rotated. */
bool trace_file_open(const struct trace_settings *settings);

/* Appends `length` bytes in one piece. A line that cannot be written is dropped: a full disk must
 * not hold up a request. */
void trace_file_write(const char *text, DWORD length);

/* This process' program, as UTF-8. */
void trace_file_program(char *name, size_t size);

/* The file, as opened; "" where there is none. */
const char *trace_file_name(void);

#endif
