/* Where the trace goes. */
#ifndef HOLDFAST_SHIM_TRACE_FILE_H
#define HOLDFAST_SHIM_TRACE_FILE_H

#include <stdbool.h>
#include <windows.h>

/* Opens what HOLDFAST_TRACE names. Says on standard error what could not be opened. */
void trace_file_open(void);
bool trace_file_is_open(void);

/* Appends `length` bytes in one piece. A line that cannot be written is dropped: a full disk must
 * not hold up a request. */
void trace_file_write(const char *text, DWORD length);

#endif
