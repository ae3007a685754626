/* Those calls about overlapped requests in which the system would not know of ours. */
#ifndef HOLDFAST_SHIM_OVERLAPPED_CALLS_H
#define HOLDFAST_SHIM_OVERLAPPED_CALLS_H

#include "hook.h"

typedef BOOL(WINAPI *get_result_function)(HANDLE, OVERLAPPED *, DWORD *, BOOL);
typedef BOOL(WINAPI *get_result_ex_function)(HANDLE, OVERLAPPED *, DWORD *, DWORD, BOOL);
typedef BOOL(WINAPI *cancel_function)(HANDLE, OVERLAPPED *);

/* GetOverlappedResult, GetOverlappedResultEx and CancelIoEx, to be taken over together. */
enum { OVERLAPPED_CALLS = 3 };
extern const struct hook_row overlapped_calls[OVERLAPPED_CALLS];

#endif
