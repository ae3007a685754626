/* Requests on a handle that was opened with FILE_FLAG_OVERLAPPED, with an OVERLAPPED: the device's
 * answer comes on a thread of our own, and the caller hears of it by its OVERLAPPED, its event and
 * its completion port. Those on one handle are sent in the order of their submission; resets, and
 * requests whose caller waits, are sent at once. Source: windows-behaviour 2.8 and 2.9. */
#ifndef HOLDFAST_SHIM_ASYNCHRONOUS_H
#define HOLDFAST_SHIM_ASYNCHRONOUS_H

#include "call.h"

/* Returns as DeviceIoControl does. The disk of `call` is open, and will be closed; the call itself
 * remains the caller's. */
BOOL asynchronous_call(const struct call_start *start);

#endif
