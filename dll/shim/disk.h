/* From a handle to the disk behind it. */
#ifndef HOLDFAST_SHIM_DISK_H
#define HOLDFAST_SHIM_DISK_H

#include "../reservation/reservation.h"
#include <windows.h>

enum { DISK_NAME_MAX = 24 };

struct disk {
    int fd;                  /* ours until disk_close */
    uint32_t granted_access; /* as far as it was asked for */
    bool is_overlapped;      /* opened with FILE_FLAG_OVERLAPPED */
    uint32_t device_major;
    uint32_t device_minor;
    _Atomic uint8_t *wants_ten_byte; /* lives as long as the process */
};

/* True where `handle` stands for a SCSI disk; then `disk` is open, with the access that the handle
 * grants of `wanted_access`, all of it or none. False for everything else; nothing is open then. */
bool disk_open(HANDLE handle, uint32_t wanted_access, struct disk *disk);
void disk_close(struct disk *disk);

/* Linux' name for it, "sda", "sdb1" or "sg3", for the trace. */
void disk_name(const struct disk *disk, char name[DISK_NAME_MAX]);

/* Milliseconds for each attempt: Services\Disk\TimeOutValue of the registry, else ten seconds.
 * Source: WDS classpnp disk pnp.c. */
uint32_t disk_timeout_ms(void);

#endif
