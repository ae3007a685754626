/* The overlapped requests that are in flight, and whose memory they may still write to. */
#ifndef HOLDFAST_SHIM_PENDING_H
#define HOLDFAST_SHIM_PENDING_H

#include "file_object.h"
#include <stdbool.h>
#include <windows.h>

/* Parts of a request that lie in the program's memory. */
enum { PENDING_OUTPUT = 1, PENDING_OVERLAPPED = 2 };

struct pending {
    OVERLAPPED *overlapped;
    const void *output;
    struct file_object *object; /* or NULL */
    /* pending.c's own */
    struct pending *next, **link;
    DWORD thread;
    unsigned int on_stack; /* parts that lie in the stack of the thread that submitted them */
    unsigned int gone;     /* parts that went with their thread */
    HANDLE ended;          /* where somebody waits for the end */
};

/* From submission to end; the first three members are set. */
void pending_begin(struct pending *pending);
void pending_end(struct pending *pending);

/* Between these two the parts that the first returns may be written to. */
unsigned int pending_begin_write(struct pending *pending);
void pending_end_write(struct pending *pending);

/* Whether a request on `file` is in flight, with `overlapped` or, where that is NULL, any. */
bool pending_is_in_flight(HANDLE file, const OVERLAPPED *overlapped);

/* Waits until no request with this OVERLAPPED is in flight. Returns WAIT_OBJECT_0, WAIT_TIMEOUT,
 * WAIT_IO_COMPLETION or WAIT_FAILED. */
DWORD pending_wait(const OVERLAPPED *overlapped, DWORD milliseconds, BOOL alertable);

/* From DllMain, on a thread that ends: what lies in its stack is not written to any more. */
void pending_thread_ends(void);

#endif
