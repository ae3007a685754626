#include "overlapped_calls.h"

#include "complete.h"
#include "pending.h"

static get_result_function original_get_result;
static get_result_ex_function original_get_result_ex;
static cancel_function original_cancel;

/* Without an event they wait on the file handle, and under Wine that of a disk is always signalled.
 * True where the original may be asked; else the last error says why not. */
static bool wait_for_end(const OVERLAPPED *overlapped, DWORD milliseconds, BOOL alertable)
{
    DWORD result;

    if (milliseconds == 0 || completion_event(overlapped))
        return true;
    result = pending_wait(overlapped, milliseconds, alertable);
    if (result == WAIT_TIMEOUT || result == WAIT_IO_COMPLETION)
        SetLastError(result);
    return result == WAIT_OBJECT_0;
}

static BOOL WINAPI hooked_get_result(HANDLE file, OVERLAPPED *overlapped, DWORD *transferred,
                                     BOOL wait)
{
    return wait_for_end(overlapped, wait ? INFINITE : 0, FALSE) &&
           original_get_result(file, overlapped, transferred, wait);
}

static BOOL WINAPI hooked_get_result_ex(HANDLE file, OVERLAPPED *overlapped, DWORD *transferred,
                                        DWORD milliseconds, BOOL alertable)
{
    return wait_for_end(overlapped, milliseconds, alertable) &&
           original_get_result_ex(file, overlapped, transferred, milliseconds, alertable);
}

/* Windows finds the request and tells its driver, which has no cancel routine: the request goes on
 * as if nothing had been said. Wine finds nothing. (windows-behaviour 2.9; CancelIo finds nothing
 * either, but does not say so.) */
static BOOL WINAPI hooked_cancel(HANDLE file, OVERLAPPED *overlapped)
{
    const DWORD last_error = GetLastError();
    bool is_ours;

    if (original_cancel(file, overlapped))
        return TRUE;
    if (GetLastError() != ERROR_NOT_FOUND)
        return FALSE;
    is_ours = pending_is_in_flight(file, overlapped);
    SetLastError(is_ours ? last_error : ERROR_NOT_FOUND);
    return is_ours;
}

const struct hook_row overlapped_calls[OVERLAPPED_CALLS] = {
    {"CancelIoEx", (void *)hooked_cancel, (void **)&original_cancel},
    {"GetOverlappedResult", (void *)hooked_get_result, (void **)&original_get_result},
    {"GetOverlappedResultEx", (void *)hooked_get_result_ex, (void **)&original_get_result_ex},
};
