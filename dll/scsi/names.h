/* What the standards call a number, for people: trace, command line, test messages. Each returns a
 * string constant, never NULL. */
#ifndef HOLDFAST_SCSI_NAMES_H
#define HOLDFAST_SCSI_NAMES_H

#include <stdbool.h>
#include <stdint.h>

const char *scsi_opcode_name(uint8_t opcode);
const char *scsi_status_name(uint8_t status);
const char *scsi_host_name(uint8_t host_status);
const char *scsi_sense_key_name(uint8_t key);
const char *scsi_additional_sense_name(uint8_t asc, uint8_t ascq);

/* The other way round; false for a name that stands in no table. */
bool scsi_status_from_name(const char *name, uint8_t *status);
bool scsi_host_from_name(const char *name, uint8_t *host_status);

/* Service actions of PERSISTENT RESERVE IN and OUT, and types of persistent reservations. */
const char *scsi_pr_in_action_name(uint8_t service_action);
const char *scsi_pr_out_action_name(uint8_t service_action);
const char *scsi_pr_type_name(uint8_t type);

#endif
