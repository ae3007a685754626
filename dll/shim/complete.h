/* How a request's end reaches the caller: return value, last error, bytes returned, OVERLAPPED. */
#ifndef HOLDFAST_SHIM_COMPLETE_H
#define HOLDFAST_SHIM_COMPLETE_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

struct completion {
    DWORD *bytes_returned;
    OVERLAPPED *overlapped;
    DWORD last_error; /* as the caller had it; restored where Windows leaves it alone */
};

/* The low bit of hEvent is a flag, "no completion packet", and no part of the handle. */
static inline HANDLE completion_event(const OVERLAPPED *overlapped)
{
    return (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1);
}

static inline bool completion_wants_packet(const OVERLAPPED *overlapped)
{
    return !((ULONG_PTR)overlapped->hEvent & 1);
}

/* kernelbase presets the OVERLAPPED before it calls the system. */
void complete_begin(const struct completion *completion);

/* The I/O manager resets the event once pointers and access have been found good. An NTSTATUS: what
 * is no event, or must not be set, ends the request. */
int32_t complete_reset_event(const struct completion *completion);

/* A request that was refused before it reached the device, so it was never pending. */
BOOL complete_refused(const struct completion *completion, int32_t status);

/* A request that the device has decided while the caller waited. */
BOOL complete_decided(const struct completion *completion, int32_t status, uint32_t information);

/* A request whose end the caller will hear of by its OVERLAPPED, or already has. */
BOOL complete_pended(const struct completion *completion);

/* The end, in the OVERLAPPED. False where it cannot be written to any more. */
bool complete_store(OVERLAPPED *overlapped, int32_t status, uint32_t information);

#endif
