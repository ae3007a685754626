/* Changing a few bytes of code, or a pointer to some, while other threads may use them. */
#ifndef HOLDFAST_SHIM_PATCH_H
#define HOLDFAST_SHIM_PATCH_H

#include <windows.h>

/* Stores `size` bytes, 8 at most, and remembers what was there: 2, 4 or 8, aligned to as many, in
 * one piece; other sizes are for what no thread runs yet. FALSE: nothing has been changed. */
BOOL patch_write(void *place, const void *bytes, size_t size);

/* Takes back all that was written, the last first. What a thread may still be in stays valid: the
 * module is pinned. */
void patch_take_back(void);

#endif
