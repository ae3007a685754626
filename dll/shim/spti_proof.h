/* What a disk must say after a PERSISTENT RESERVE OUT, if that was really done.
 *
 * Knows neither Windows nor Wine; tests/unit drives it. */
#ifndef HOLDFAST_SHIM_SPTI_PROOF_H
#define HOLDFAST_SHIM_SPTI_PROOF_H

#include "../scsi/command.h"

/* The service action of the PERSISTENT RESERVE IN that proves `command`, or SPTI_NO_PROOF: it is
 * another command, or one whose loss leaves a right where it was (RELEASE, giving up a key). */
enum { SPTI_NO_PROOF = -1 };
int spti_proof_wanted(const struct scsi_command *command);

/* Whether the list that was read shows that `command` was done. `length` bytes of it have come.
 * What is all zeros proves nothing: that is what a lost command leaves. */
bool spti_proof_holds(const struct scsi_command *command, const uint8_t *list, uint32_t length);

#endif
