/* The Linux end of the waist: SCSI commands and resets on an open file descriptor of a SCSI disk
 * (/dev/sdX) or its SCSI generic node (/dev/sgN). Needs nothing of Wine. */
#ifndef HOLDFAST_UNIX_SG_IO_H
#define HOLDFAST_UNIX_SG_IO_H

#include "../scsi/transport.h"

/* What a file descriptor stands for, as far as reservations care. */
struct sg_disk_identity {
    bool is_scsi_disk;
    bool is_generic; /* by its /dev/sgN */
    uint32_t device_major;
    uint32_t device_minor;
    uint64_t node; /* changes when the device node is made anew */
};

/* The transport's disk handle. The descriptor stays the caller's and may be used by several threads
 * at once. */
struct sg_disk {
    int fd;
    bool is_generic;
};

extern const struct scsi_transport sg_io_transport;

/* Asks without sending a command. Never fails: what cannot be asked is no SCSI disk. */
struct sg_disk_identity sg_io_identify(int fd);

/* From an errno of SG_IO or SG_SCSI_RESET to the waist's terms; semantics 2. */
enum scsi_transport_error sg_io_transport_error(int os_error);

#endif
