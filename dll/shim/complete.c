#include "complete.h"

#include "../reservation/nt_status.h"
#include <winternl.h>

/* The low bit of hEvent is a flag, "no completion packet", and no part of the handle. */
static HANDLE event_of(const OVERLAPPED *overlapped)
{
    return (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1);
}

void complete_begin(const struct completion *completion)
{
    OVERLAPPED *overlapped = completion->overlapped;

    if (!overlapped)
        return;
    overlapped->Internal = (ULONG_PTR)NT_STATUS_PENDING;
    overlapped->InternalHigh = 0;
}

void complete_reset_event(const struct completion *completion)
{
    if (completion->overlapped && event_of(completion->overlapped))
        ResetEvent(event_of(completion->overlapped));
}

static BOOL finish(const struct completion *completion, int32_t status)
{
    if (nt_success(status))
        SetLastError(completion->last_error);
    else
        SetLastError(RtlNtStatusToDosError(status));
    return nt_success(status);
}

/* windows-behaviour 2.9: with an OVERLAPPED the caller gets InternalHigh as it is at the moment,
 * which is the 0 that was preset; without, an error leaves the number alone. */
BOOL complete_refused(const struct completion *completion, int32_t status)
{
    if (completion->overlapped && completion->bytes_returned)
        *completion->bytes_returned = 0;
    return finish(completion, status);
}

/* InternalHigh first: who sees Internal change may read the rest. */
static void store_status(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    overlapped->InternalHigh = information;
    __atomic_store_n(&overlapped->Internal, (ULONG_PTR)(uint32_t)status, __ATOMIC_RELEASE);
    if (event_of(overlapped))
        SetEvent(event_of(overlapped));
}

/* The device's answer has always been pending on Windows, so an overlapped handle hears 997 first
 * even though all is done by now; windows-behaviour 2.8. */
static BOOL complete_overlapped(const struct completion *completion, int32_t status,
                                uint32_t information)
{
    if (completion->bytes_returned)
        *completion->bytes_returned = 0;
    store_status(completion->overlapped, status, information);
    SetLastError(ERROR_IO_PENDING);
    return FALSE;
}

/* windows-behaviour 2.8: on a synchronous handle an error does not reach the OVERLAPPED. */
BOOL complete_decided(const struct completion *completion, int32_t status, uint32_t information)
{
    if (completion->overlapped && completion->is_overlapped_handle)
        return complete_overlapped(completion, status, information);
    if (completion->overlapped && !nt_error(status))
        store_status(completion->overlapped, status, information);
    if (completion->bytes_returned && (completion->overlapped || !nt_error(status)))
        *completion->bytes_returned = information;
    return finish(completion, status);
}
