/* One raw read or write by Wine's own system call, whatever the caller's buffer. */
#ifndef HOLDFAST_SHIM_TRANSFER_H
#define HOLDFAST_SHIM_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <winternl.h>

/* NtReadFile, NtWriteFile, NtReadFileScatter and NtWriteFileGather; to the latter two `buffer` is
 * an array of FILE_SEGMENT_ELEMENT. */
typedef NTSTATUS(NTAPI *transfer_function)(HANDLE handle, HANDLE event, void *apc, void *context,
                                           IO_STATUS_BLOCK *io, void *buffer, ULONG length,
                                           LARGE_INTEGER *offset, ULONG *key);

struct transfer {
    transfer_function original;
    bool is_write;
    bool is_segmented;
    HANDLE handle;
    void *buffer;
    ULONG length; /* bytes */
    LARGE_INTEGER *offset;
    ULONG *key;
    uint32_t sector_size; /* bytes */
};

/* Whether all of the caller's memory is there for it. Else nothing may be moved: Windows locks the
 * pages first, where Linux and Wine would move what lies before the bad one. */
bool transfer_may_touch(const struct transfer *transfer);

/* Returns the NTSTATUS of Wine, and how many bytes have moved, also before a failure. Where Linux
 * refuses the buffer for its alignment the data go through one of ours. */
NTSTATUS transfer_run(const struct transfer *transfer, ULONG_PTR *transferred);

/* After a failure: where on the disk the transfer began, in bytes; a file pointer that has moved is
 * set back to there, since a failed transfer does not move it. */
bool transfer_go_back(const struct transfer *transfer, ULONG_PTR transferred, LARGE_INTEGER *start);

/* After the whole transfer has been made in another way: sets the file pointer behind it. */
void transfer_go_on(const struct transfer *transfer, const LARGE_INTEGER *start);

#endif
