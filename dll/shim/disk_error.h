/* What a failed raw read or write means on Windows.
 *
 * Linux has an error number for it, and Wine one status for most of those. The disk has more to
 * say, so it is asked again, by commands whose answers we see. */
#ifndef HOLDFAST_SHIM_DISK_ERROR_H
#define HOLDFAST_SHIM_DISK_ERROR_H

#include "disk.h"
#include "transfer.h"

/* Whether `status`, an NTSTATUS of Wine's, may hide what the disk said. */
bool disk_error_is_unclear(NTSTATUS status);

/* The status of the first command that fails: a READ or WRITE of no block, which touches nothing
 * but is checked for reservations and readiness as any other; then the same transfer, piece by
 * piece. NT_STATUS_SUCCESS where all succeed: what was in the way has passed, and the transfer may
 * be tried once more. `offset` is in bytes, of the disk or partition that the handle stands for. */
NTSTATUS disk_error_find(struct disk *disk, const struct transfer *transfer, uint64_t offset);

#endif
