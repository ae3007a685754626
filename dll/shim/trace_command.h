/* The level "command": a transport that writes down what passes through it. */
#ifndef HOLDFAST_SHIM_TRACE_COMMAND_H
#define HOLDFAST_SHIM_TRACE_COMMAND_H

#include "../scsi/transport.h"

/* Over the chosen side's; the disk is a struct disk. */
extern const struct scsi_transport trace_command_transport;

#endif
