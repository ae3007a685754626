/* From a handle to the disk behind it. */
#ifndef HOLDFAST_SHIM_DISK_H
#define HOLDFAST_SHIM_DISK_H

#include "../reservation/reservation.h"

enum { DISK_NAME_MAX = 24 };

struct disk {
    /* Ours until disk_close. By holdfast.so a Linux descriptor, -1: the node could not be opened;
     * by pass-through a handle to the same file. */
    int fd;
    uint32_t granted_access; /* FILE_READ_DATA and FILE_WRITE_DATA as the handle grants them */
    bool is_overlapped;      /* opened with FILE_FLAG_OVERLAPPED */
    bool is_generic;         /* a /dev/sgN */
    bool is_kept;            /* the handle table has it */
    uint8_t open_error;      /* without fd: enum scsi_transport_error, how every request ends */
    int32_t os_error;        /* without fd: errno */
    uint32_t sector_size;    /* bytes; 0 for a /dev/sgN */
    uint64_t first_sector;   /* of a partition, in units of 512 bytes */
    uintptr_t handle;
    uint32_t device_major; /* both are the side's own, for the name */
    uint32_t device_minor;
    _Atomic uint8_t *wants_ten_byte; /* lives as long as the process */
};

/* True where the HANDLE stands for a SCSI disk; then `disk` is open, also when the handle is closed
 * meanwhile. False for everything else; nothing is open then. */
bool disk_open(void *handle, struct disk *disk);
void disk_close(const struct disk *disk);

/* The disk as the heart drives it. */
struct reservation_disk disk_target(struct disk *disk);

/* How a reservation_disk waits. */
void disk_wait(void *context, uint32_t milliseconds);

/* Linux' name for it, "sda", "sdb1" or "sg3", or what Windows tells; for the trace. */
void disk_name(const struct disk *disk, char name[DISK_NAME_MAX]);

/* Milliseconds for each attempt: Services\Disk\TimeOutValue of the registry, else ten seconds.
 * Source: WDS classpnp disk pnp.c. */
uint32_t disk_timeout_ms(void);

#endif
