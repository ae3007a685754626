/* What to do about an answer of a disk or of Linux. */
#ifndef HOLDFAST_LINUX_EXPLAIN_ADVICE_H
#define HOLDFAST_LINUX_EXPLAIN_ADVICE_H

#include "../reservation/judge.h"

/* Never NULL: where nothing particular is known, what the verdict leads to says it. */
const char *advice_for_sense(uint8_t key, uint8_t asc, uint8_t ascq,
                             const struct reservation_verdict *verdict);
const char *advice_for_scsi_status(uint8_t status, const struct reservation_verdict *verdict);
const char *advice_for_host(uint8_t host_status, const struct reservation_verdict *verdict);
const char *advice_for_error(uint32_t error);

/* What Linux means by a host code. */
const char *host_meaning(uint8_t host_status);

/* What a SCSI status means. */
const char *scsi_status_meaning(uint8_t status);

#endif
