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

/* Asks by a READ or WRITE of no block, which touches nothing but is checked for reservations and
 * readiness as any other (SBC-3 5.11, 5.32). */
NTSTATUS disk_error_probe(struct disk *disk, bool is_write);

/* Makes the same transfer by commands, piece by piece, and returns the status of the first that
 * fails; NT_STATUS_SUCCESS where all of it is done. `offset` is in bytes, of the disk or partition
 * that the handle stands for. */
NTSTATUS disk_error_transfer(struct disk *disk, const struct transfer *transfer, uint64_t offset);

#endif
