/* Those calls about overlapped requests in which Wine would not know of ours. */
#ifndef HOLDFAST_SHIM_OVERLAPPED_CALLS_H
#define HOLDFAST_SHIM_OVERLAPPED_CALLS_H

#include <stdbool.h>

/* Takes over GetOverlappedResult, GetOverlappedResultEx and CancelIoEx. Called from hook.c. */
bool overlapped_calls_take(void);

#endif
