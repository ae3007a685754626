/* Which handles of this process are known to be SCSI disks, and the descriptor kept for each.
 *
 * Asking Wine for the descriptor at every request costs several system calls, so it is kept for as
 * long as the handle lives. The one thing that must never happen is that a handle value which was
 * closed and given out again still leads to the old disk. So whoever watches NtClose (handles.c)
 * tells of every close, before and after, and a descriptor that was asked for while its handle was
 * being closed is never kept. No lock: a request on one disk waits for nobody.
 *
 * Knows neither Windows nor Wine; tests/unit drives it with threads. */
#ifndef HOLDFAST_SHIM_HANDLE_TABLE_H
#define HOLDFAST_SHIM_HANDLE_TABLE_H

#include "disk.h"

/* Handles with values below this are kept; others are served all the same, at more cost. */
enum { HANDLE_TABLE_HANDLES = 0x80000 };

/* True where `handle` is known: `disk` is filled and stays usable until handle_table_release. */
bool handle_table_acquire(uintptr_t handle, struct disk *disk);

/* The descriptor that is now the caller's to close, or -1: the handle was closed meanwhile and this
 * was the last request. */
int handle_table_release(uintptr_t handle);

/* What the table knew before the caller asked Wine about `handle`. */
uint64_t handle_table_ticket(uintptr_t handle);

/* Keeps `disk`, which the caller has found out since it took the ticket. True: the table owns the
 * descriptor, and the caller holds it as after handle_table_acquire. False: the handle is or was
 * being closed, or another thread was first; the descriptor remains the caller's. */
bool handle_table_add(uintptr_t handle, uint64_t ticket, const struct disk *disk);

/* Remembers that `handle` is no disk, as the caller has found out since it took the ticket. */
void handle_table_add_other(uintptr_t handle, uint64_t ticket);

/* Whether that is remembered: all that a read or write of another file costs. */
bool handle_table_is_other(uintptr_t handle);

/* Before and after anything that may end the life of `handle`. The first returns a descriptor for
 * the caller to close, or -1. */
int handle_table_begin_close(uintptr_t handle);
void handle_table_end_close(uintptr_t handle);

#endif
