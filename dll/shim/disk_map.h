/* The disks of Wine's own disk devices: \\.\C:, \\?\Volume{...}, \\.\PhysicalDrive0 without a link.
 * Wine has no Linux node behind these. An administrator can give them one, in the registry:
 *
 *     HKLM\Software\Holdfast\Disks     \Device\HarddiskVolume2 = /dev/disk/by-id/wwn-0x...
 *
 * The value's name is the object's, as NtQueryObject tells it, in any case; its data, a REG_SZ, the
 * absolute Unix path of a disk or its sg node. The path is resolved when the handle is opened. */
#ifndef HOLDFAST_SHIM_DISK_MAP_H
#define HOLDFAST_SHIM_DISK_MAP_H

#include "disk.h"

/* False where the map has nothing for `handle`. True where it has: `disk` is open with the access
 * that the handle grants, or, if the node cannot be opened or is no SCSI disk, has fd -1, and every
 * request on it ends with open_error; the trace says what to do. */
bool disk_map_open(void *handle, struct disk *disk);

#endif
