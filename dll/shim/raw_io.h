/* Raw reads and writes of a disk: uncached, and with the error that the disk gave.
 *
 * A disk's handle has O_DIRECT on (dll/unix/direct_io.c), so Wine's own reads and writes reach the
 * disk. What is left is to move data through a buffer that Linux takes where it does not take the
 * caller's, to find out what an error of Linux was on the disk, and to complete requests on
 * overlapped handles as Windows does. Source: differences.md, "Raw reads and writes". */
#ifndef HOLDFAST_SHIM_RAW_IO_H
#define HOLDFAST_SHIM_RAW_IO_H

#include <stdbool.h>

/* Takes over ntdll's NtReadFile, NtWriteFile, NtReadFileScatter, NtWriteFileGather and
 * NtFlushBuffersFile, where the chosen side moves data. Called from hook.c, after handles_watch. */
bool raw_io_take(void);

#endif
