#include "complete.h"

#include "../reservation/nt_status.h"
#include "guarded.h"
#include <winternl.h>

NTSYSAPI NTSTATUS NTAPI NtResetEvent(HANDLE event, LONG *previous_state);

void complete_begin(const struct completion *completion)
{
    OVERLAPPED *overlapped = completion->overlapped;

    if (!overlapped)
        return;
    overlapped->Internal = (ULONG_PTR)NT_STATUS_PENDING;
    overlapped->InternalHigh = 0;
}

int32_t complete_reset_event(const struct completion *completion)
{
    if (!completion->overlapped || !completion_event(completion->overlapped))
        return NT_STATUS_SUCCESS;
    return NtResetEvent(completion_event(completion->overlapped), NULL);
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
bool complete_store(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    return guarded_store(&overlapped->InternalHigh, information) &&
           guarded_store(&overlapped->Internal, (uint32_t)status);
}

/* windows-behaviour 2.8: on a synchronous handle an error does not reach the OVERLAPPED. */
BOOL complete_decided(const struct completion *completion, int32_t status, uint32_t information)
{
    OVERLAPPED *overlapped = completion->overlapped;

    if (overlapped && !nt_error(status)) {
        complete_store(overlapped, status, information);
        if (completion_event(overlapped))
            SetEvent(completion_event(overlapped));
    }
    if (completion->bytes_returned && (overlapped || !nt_error(status)))
        *completion->bytes_returned = information;
    return finish(completion, status);
}

/* The device's answer has always been pending on Windows, so an overlapped handle hears 997 first,
 * also where all is done by now; windows-behaviour 2.8. */
BOOL complete_pended(const struct completion *completion)
{
    if (completion->bytes_returned)
        *completion->bytes_returned = 0;
    SetLastError(ERROR_IO_PENDING);
    return FALSE;
}
