/* SG_SCSI_RESET. */
#ifndef HOLDFAST_UNIX_RESET_H
#define HOLDFAST_UNIX_RESET_H

#include "../scsi/transport.h"

/* scsi_transport.reset over a struct sg_disk. SCSI_SENT means only that the kernel says so. */
int sg_reset(void *handle, enum scsi_reset_level level, int32_t *os_error);

#endif
