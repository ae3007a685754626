/* What one attempt's result means: finished with this status, or again after a delay. */
#ifndef HOLDFAST_RESERVATION_JUDGE_H
#define HOLDFAST_RESERVATION_JUDGE_H

#include "../scsi/command.h"
#include "nt_status.h"

#include <stddef.h>

struct reservation_verdict {
    int32_t status; /* NTSTATUS, if this attempt is the last */
    bool retry;
    uint16_t delay_ms; /* before the next attempt, should there be one */
};

/* A row of the table by which sense data is judged: the first that fits decides. */
struct reservation_sense_rule {
    int8_t key; /* -1: every one, as of the two below */
    int16_t asc;
    int16_t ascq;
    struct reservation_verdict verdict;
};

/* The table by index, for who wants to show it; NULL beyond its end. */
const struct reservation_sense_rule *reservation_sense_rule(size_t index);

/* Judges an attempt that never reached the device. `error` is an enum scsi_transport_error other
 * than SCSI_SENT. Source: semantics 2. Such an attempt is never repeated. */
int32_t reservation_judge_transport_error(int error);

/* Judges what the device and Linux' SCSI layer answered.
 * Source: WDS classpnp class.c ClassInterpretSenseInfo; semantics 2 for Linux' host codes. */
struct reservation_verdict reservation_judge(const struct scsi_result *result);

#endif
