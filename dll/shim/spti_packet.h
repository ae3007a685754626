/* Between a SCSI command and what pass-through takes and gives.
 *
 * Knows neither Windows nor Wine; tests/unit drives it. */
#ifndef HOLDFAST_SHIM_SPTI_PACKET_H
#define HOLDFAST_SHIM_SPTI_PACKET_H

#include "../scsi/transport.h"
#include "spti_layout.h"

/* Whether the command's data may go as they lie: port drivers want whole words, some more than
 * that. */
bool spti_may_be_direct(const struct scsi_command *command);

/* Whether `status`, an NTSTATUS, says that this form of the call was refused before anything was
 * sent, so that the other form may be tried. */
bool spti_was_not_taken(int32_t status);

/* Fills the packet, whose sense data are cleared. `data` is as in struct spti_head. */
void spti_packet_fill(struct spti_packet *packet, const struct scsi_command *command,
                      uintptr_t data);

/* What came of a call that ended with `status`, an NTSTATUS. Returns an enum scsi_transport_error.
 */
int spti_packet_result(const struct spti_packet *packet, int32_t status,
                       const struct scsi_command *command, struct scsi_result *result);

/* The same of a call that is no command. */
int spti_error_of(int32_t status);

#endif
