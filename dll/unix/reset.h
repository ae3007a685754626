/* SG_SCSI_RESET. */
#ifndef HOLDFAST_UNIX_RESET_H
#define HOLDFAST_UNIX_RESET_H

#include "../scsi/transport.h"

/* scsi_transport.reset over an `int *`. SCSI_SENT means only that the kernel says so. */
int sg_reset(void *disk, enum scsi_reset_level level, int32_t *os_error);

#endif
