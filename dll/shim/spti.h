/* SCSI pass-through: commands by IOCTL_SCSI_PASS_THROUGH_DIRECT and IOCTL_SCSI_PASS_THROUGH on a
 * handle of our own to the caller's file. The disk handle is a `struct disk *`, whose fd is that
 * handle. */
#ifndef HOLDFAST_SHIM_SPTI_H
#define HOLDFAST_SHIM_SPTI_H

#include "side.h"

/* Sends once what `length` bytes at `packet` say, and waits for its end. No packet for a port comes
 * of it, and nothing of the caller's is signalled. Returns an NTSTATUS. */
int32_t spti_control(const struct disk *disk, uint32_t control_code, void *packet, uint32_t length);

/* Believes what the system says of a command: for systems that tell of every failure. */
extern const struct scsi_transport spti_transport;

/* The disk half of both sides, spti_disk.c. */
enum side_answer spti_disk_open(void *handle, struct disk *disk);
void spti_disk_close(int fd);
void spti_disk_name(const struct disk *disk, char name[DISK_NAME_MAX]);

#endif
