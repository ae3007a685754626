/* Faults in how an overlapped request ends: ERROR_IO_PENDING, the OVERLAPPED, its event, the
 * packet. */
#include "faults.h"

NTSYSAPI LONG NTAPI NtSetIoCompletion(HANDLE port, ULONG_PTR key, ULONG_PTR value, LONG status,
                                      SIZE_T information);

/* ---- The return of DeviceIoControl ---- */

/* Waits for the end, whatever its event has become by then. */
static void wait_for_end(OVERLAPPED *overlapped)
{
    const volatile ULONG_PTR *internal = &overlapped->Internal;

    for (int i = 0; i < 1000 && *internal == (ULONG_PTR)NT_STATUS_PENDING; i++)
        Sleep(1);
    Sleep(1);
}

static bool has_been_pending(const struct device_call *call, BOOL done)
{
    return !done && call->overlapped && GetLastError() == ERROR_IO_PENDING;
}

BOOL fault_success_not_pending(const struct device_call *call)
{
    const DWORD before = GetLastError();
    const BOOL done = real_call(call);

    if (!has_been_pending(call, done))
        return done;
    wait_for_end(call->overlapped);
    if (call->overlapped->Internal != NT_STATUS_SUCCESS) {
        SetLastError(ERROR_IO_PENDING);
        return FALSE;
    }
    SetLastError(before);
    return TRUE;
}

BOOL fault_conflict_not_pending(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (!has_been_pending(call, done))
        return done;
    wait_for_end(call->overlapped);
    SetLastError((uint32_t)call->overlapped->Internal == (uint32_t)NT_STATUS_DEVICE_BUSY
                     ? ERROR_BUSY
                     : ERROR_IO_PENDING);
    return FALSE;
}

BOOL fault_refusal_is_pending(const struct completion *completion, int32_t status)
{
    if (!completion->overlapped)
        return real_refused(completion, status);
    real_store(completion->overlapped, status, 0);
    if (completion_event(completion->overlapped))
        SetEvent(completion_event(completion->overlapped));
    return real_pended(completion);
}

/* ---- The OVERLAPPED ---- */

BOOL fault_internal_set_at_refusal(const struct completion *completion, int32_t status)
{
    const BOOL done = real_refused(completion, status);

    if (completion->overlapped)
        completion->overlapped->Internal = (uint32_t)status;
    return done;
}

bool fault_internal_left_pending(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    return real_store(overlapped, nt_success(status) ? NT_STATUS_PENDING : status, information);
}

bool fault_internal_always_success(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    (void)status;
    return real_store(overlapped, NT_STATUS_SUCCESS, information);
}

bool fault_internal_sign_extended(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    const bool stored = real_store(overlapped, status, information);

    overlapped->Internal = (ULONG_PTR)(LONG_PTR)status;
    return stored;
}

bool fault_internal_is_win32(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    return real_store(overlapped, status == NT_STATUS_DEVICE_BUSY ? ERROR_BUSY : status,
                      information);
}

bool fault_internal_high_one_more(OVERLAPPED *overlapped, int32_t status, uint32_t information)
{
    return real_store(overlapped, status, information ? information + 1 : 0);
}

bool fault_internal_high_24_after_pr_out(OVERLAPPED *overlapped, int32_t status,
                                         uint32_t information)
{
    return real_store(overlapped, status, information ? information : 24);
}

/* A synchronous handle's OVERLAPPED hears of an error. */
BOOL fault_sync_error_stored(const struct completion *completion, int32_t status,
                             uint32_t information)
{
    const BOOL done = real_decided(completion, status, information);

    if (completion->overlapped && nt_error(status))
        real_store(completion->overlapped, status, information);
    return done;
}

BOOL fault_sync_success_not_stored(const struct completion *completion, int32_t status,
                                   uint32_t information)
{
    const BOOL done = real_decided(completion, status, information);

    if (completion->overlapped)
        completion->overlapped->Internal = (ULONG_PTR)NT_STATUS_PENDING;
    return done;
}

/* ---- The event ---- */

static bool is_event(HANDLE handle)
{
    return WaitForSingleObject(handle, 0) != WAIT_FAILED && ResetEvent(handle);
}

HANDLE fault_event_not_set(HANDLE handle)
{
    return is_event(handle) ? CreateEventW(NULL, TRUE, FALSE, NULL) : real_duplicate(handle);
}

BOOL fault_event_set_at_refusal(const struct completion *completion, int32_t status)
{
    if (completion->overlapped && completion_event(completion->overlapped))
        SetEvent(completion_event(completion->overlapped));
    return real_refused(completion, status);
}

int32_t fault_event_not_reset(const struct completion *completion)
{
    (void)completion;
    return NT_STATUS_SUCCESS;
}

BOOL fault_event_set_at_once(const struct completion *completion)
{
    if (completion_event(completion->overlapped))
        SetEvent(completion_event(completion->overlapped));
    return real_pended(completion);
}

/* ---- The packet ---- */

void fault_packet_missing(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                          uint32_t information)
{
    (void)port;
    (void)key;
    (void)overlapped;
    (void)status;
    (void)information;
}

void fault_packet_missing_on_success(struct file_object *port, ULONG_PTR key, void *overlapped,
                                     int32_t status, uint32_t information)
{
    if (!nt_success(status))
        real_post(port, key, overlapped, status, information);
}

void fault_packet_missing_on_conflict(struct file_object *port, ULONG_PTR key, void *overlapped,
                                      int32_t status, uint32_t information)
{
    if (nt_success(status))
        real_post(port, key, overlapped, status, information);
}

void fault_packet_twice(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                        uint32_t information)
{
    real_post(port, key, overlapped, status, information);
    real_post(port, key, overlapped, status, information);
}

void fault_packet_key(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                      uint32_t information)
{
    real_post(port, key + 1, overlapped, status, information);
}

void fault_packet_bytes(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                        uint32_t information)
{
    real_post(port, key, overlapped, status, information + 8);
}

void fault_packet_status(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                         uint32_t information)
{
    (void)status;
    real_post(port, key, overlapped, NT_STATUS_SUCCESS, information);
}

void fault_packet_overlapped(struct file_object *port, ULONG_PTR key, void *overlapped,
                             int32_t status, uint32_t information)
{
    real_post(port, key, (OVERLAPPED *)overlapped + 1, status, information);
}

BOOL fault_packet_at_refusal(const struct device_call *call)
{
    const BOOL done = real_call(call);
    const DWORD error = GetLastError();
    struct file_object *object, *port;
    ULONG_PTR key;

    if (done || !call->overlapped || error == ERROR_IO_PENDING)
        return done;
    object = file_object_of(call->handle);
    port = object ? file_object_port(object, &key) : NULL;
    if (port) {
        real_post(port, key, call->overlapped, NT_STATUS_INVALID_PARAMETER, 0);
        file_object_release(port);
    }
    if (object)
        file_object_release(object);
    SetLastError(error);
    return FALSE;
}

/* The low bit of hEvent: the shim reads it before it returns. */
BOOL fault_low_bit_ignored(const struct device_call *call)
{
    HANDLE event = call->overlapped ? call->overlapped->hEvent : NULL;
    BOOL done;

    if (call->overlapped)
        call->overlapped->hEvent = completion_event(call->overlapped);
    done = real_call(call);
    if (call->overlapped)
        call->overlapped->hEvent = event;
    return done;
}

/* As if the low bit were part of the handle, or asked for no event either. */
BOOL fault_low_bit_hides_event(const struct device_call *call)
{
    HANDLE event = call->overlapped ? call->overlapped->hEvent : NULL;
    BOOL done;

    if (!((ULONG_PTR)event & 1))
        return real_call(call);
    call->overlapped->hEvent = (HANDLE)1;
    done = real_call(call);
    call->overlapped->hEvent = event;
    return done;
}
