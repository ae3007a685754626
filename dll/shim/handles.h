/* Watches what happens to the handles of this process, by standing on the system calls that make,
 * duplicate, bind and close them: programs that call ntdll directly are seen too. */
#ifndef HOLDFAST_SHIM_HANDLES_H
#define HOLDFAST_SHIM_HANDLES_H

#include <stdbool.h>
#include <windows.h>

/* Called once, from hook.c, before any request can come. */
bool handles_watch(void);

/* Whether all of them are watched. Where not, nothing is remembered of a handle. */
bool handles_are_watched(void);

/* Whether it is seen to what files are bound, and who waits for a request's end asks us. Else
 * nobody would hear of an end that comes later. */
bool handles_ends_are_heard(void);

/* The system calls have been given back. */
void handles_watch_no_more(void);

/* A handle of our own to the same object, which nobody else knows. NULL where it cannot be had. */
HANDLE handles_duplicate_private(HANDLE handle);
void handles_close_private(HANDLE handle);

#endif
