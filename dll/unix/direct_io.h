/* Reads and writes past Linux' page cache. */
#ifndef HOLDFAST_UNIX_DIRECT_IO_H
#define HOLDFAST_UNIX_DIRECT_IO_H

#include <stdint.h>

/* Sets O_DIRECT on the open file description behind `fd`, a block device: on every descriptor of
 * it, in every process. Returns the sector size in bytes, or 0 where the device has no direct
 * I/O. */
uint32_t direct_io_start(int fd);

/* Where the partition with this number begins on its disk, in units of 512 bytes; 0 for a whole
 * disk. */
uint64_t direct_io_first_sector(uint32_t device_major, uint32_t device_minor);

#endif
