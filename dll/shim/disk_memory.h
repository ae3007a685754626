/* What the process remembers of a disk for its whole life: that it wants RESERVE and RELEASE in
 * ten bytes. Windows keeps this with the device object (windows-behaviour 3). */
#ifndef HOLDFAST_SHIM_DISK_MEMORY_H
#define HOLDFAST_SHIM_DISK_MEMORY_H

#include <stdint.h>

/* The memory of the disk with this device number, whose node was made as inode `node`: a disk that
 * is plugged in anew is forgotten. Never freed, shared by all threads and handles. NULL only where
 * there is no memory left. */
_Atomic uint8_t *disk_memory_of(uint32_t device_major, uint32_t device_minor, uint64_t node);

#endif
