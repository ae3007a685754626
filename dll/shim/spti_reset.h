/* Resets by the control codes of Windows' port drivers. */
#ifndef HOLDFAST_SHIM_SPTI_RESET_H
#define HOLDFAST_SHIM_SPTI_RESET_H

#include "../scsi/transport.h"

/* A scsi_transport's reset; `handle` is a struct disk. There is no code for a logical unit. */
int spti_reset(void *handle, enum scsi_reset_level level, int32_t *os_error);

#endif
