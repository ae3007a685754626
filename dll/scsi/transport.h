/* The narrow waist: the only door to a device. Behind it stand holdfast.so under Wine, SCSI
 * pass-through there and elsewhere, and a script in tests; a privileged helper and multipath are
 * meant to be further ones. */
#ifndef HOLDFAST_SCSI_TRANSPORT_H
#define HOLDFAST_SCSI_TRANSPORT_H

#include "command.h"

/* Why a command or a reset did not reach the device at all. SCSI_SENT says only that it did. */
enum scsi_transport_error {
    SCSI_SENT,
    SCSI_NOT_PERMITTED, /* the process lacks a capability or the node a mode */
    SCSI_DEVICE_GONE,   /* there was a device, and it has been removed */
    SCSI_NOT_SUPPORTED, /* no SCSI here, or not this kind of reset */
    SCSI_NO_RESETS,     /* nor any other kind that is yet to be tried */
    SCSI_NO_MEMORY,
    SCSI_BAD_ADDRESS,
    SCSI_TRANSPORT_FAILED, /* anything else */
};

enum scsi_reset_level {
    SCSI_RESET_LOGICAL_UNIT,
    SCSI_RESET_TARGET,
    SCSI_RESET_BUS,
};

struct scsi_transport {
    /* Sends one command once and waits for its end; never repeats it. Returns an enum
     * scsi_transport_error; `result` is filled in either case. */
    int (*execute)(void *disk, const struct scsi_command *command, struct scsi_result *result);

    /* Resets at exactly this level, without escalation. Returns an enum scsi_transport_error and
     * stores the system's error number, errno or NTSTATUS, for the trace, in `os_error`. */
    int (*reset)(void *disk, enum scsi_reset_level level, int32_t *os_error);
};

#endif
