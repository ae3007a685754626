/* The functions that this shim stands in front of, and the way on from each: to the next shim in
 * line, or to the system. */
#ifndef HOLDFAST_APPCOMPAT_NEXT_IN_LINE_H
#define HOLDFAST_APPCOMPAT_NEXT_IN_LINE_H

#include "shim_engine.h"

/* Of KERNEL32.DLL. DeviceIoControl is what Holdfast is about. The others are asked about requests
 * that the system never saw (CancelIoEx and the two that wait), or tell of a handle what a
 * request's end depends on: the port or the routine that hears of it. */
#define HOOKED_FUNCTIONS(X)                                       \
    X(DEVICE_IO_CONTROL, DeviceIoControl)                         \
    X(CLOSE_HANDLE, CloseHandle)                                  \
    X(DUPLICATE_HANDLE, DuplicateHandle)                          \
    X(CREATE_IO_COMPLETION_PORT, CreateIoCompletionPort)          \
    X(BIND_IO_COMPLETION_CALLBACK, BindIoCompletionCallback)      \
    X(CREATE_THREADPOOL_IO, CreateThreadpoolIo) /* since Vista */ \
    X(CANCEL_IO_EX, CancelIoEx)                 /* since Vista */ \
    X(GET_OVERLAPPED_RESULT, GetOverlappedResult)                 \
    X(GET_OVERLAPPED_RESULT_EX, GetOverlappedResultEx) /* since 8 */

enum hooked_function {
#define X(function, name) HOOKED_##function,
    HOOKED_FUNCTIONS(X)
#undef X
        HOOKED_FUNCTIONS
};

/* Makes the rows of those functions that the system has, as many as it returns, with the given
 * replacements. The engine may write to the rows from then on. Called once. */
DWORD next_in_line_start(void *const *replacements, struct hook_api **rows);

/* What `function` goes on to, as the engine has it now. */
void *next_in_line(enum hooked_function function);

#endif
