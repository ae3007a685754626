/* How a request's end reaches the caller: return value, last error, bytes returned, OVERLAPPED. */
#ifndef HOLDFAST_SHIM_COMPLETE_H
#define HOLDFAST_SHIM_COMPLETE_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

struct completion {
    DWORD *bytes_returned;
    OVERLAPPED *overlapped;
    bool is_overlapped_handle;
    DWORD last_error; /* as the caller had it; restored where Windows leaves it alone */
};

/* A request that was refused before it reached the device, so it was never pending. */
BOOL complete_refused(const struct completion *completion, int32_t status);

/* A request that the device has decided. */
BOOL complete_decided(const struct completion *completion, int32_t status, uint32_t information);

/* kernelbase presets the OVERLAPPED before it calls the system. */
void complete_begin(const struct completion *completion);

/* The I/O manager resets the event once pointers and access have been found good. */
void complete_reset_event(const struct completion *completion);

#endif
