/* The shim for a process that has not begun yet, of the caller's own bitness. */
#ifndef HOLDFAST_SHIM_LOAD_INTO_H
#define HOLDFAST_SHIM_LOAD_INTO_H

#include <windows.h>

/* Makes LoadLibraryW of `dll` the first thing that the suspended main thread does after the
 * loader's own work and before the entry point. On that thread and no other, because libraries
 * remember on which thread they were initialised. FALSE, with the last error set: nothing was
 * queued. */
BOOL load_into(HANDLE process, HANDLE thread, const WCHAR *dll);

/* Whether kernel32 lies elsewhere there, and `dll` is of the wrong kind. */
BOOL load_is_other_bitness(HANDLE process);

#endif
