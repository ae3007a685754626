#include "break.h"

#include "../scsi/sense.h"
#include "attempt.h"

static bool is_not_ready(const struct reservation_outcome *outcome)
{
    struct scsi_sense sense =
        scsi_decode_sense(outcome->result.sense, outcome->result.sense_length);

    return outcome->transport_error == SCSI_SENT && sense.valid && sense.key == SCSI_NOT_READY;
}

/* NT_STATUS_SUCCESS where the unit is not held by another. A unit that answers NOT READY is free
 * too: a command is checked for conflicts before it is enabled (SPC-3 5.6.1), so it came past
 * that check. Anything else proves nothing. */
static int32_t test_unit(const struct reservation_disk *disk, struct reservation_outcome *outcome)
{
    uint32_t last = outcome->attempts + RESERVATION_ATTEMPTS;

    scsi_build_plain(&outcome->command, SCSI_TEST_UNIT_READY);
    for (;;) {
        struct reservation_verdict verdict = reservation_attempt(disk, outcome);

        if (verdict.status != NT_STATUS_DEVICE_BUSY && is_not_ready(outcome))
            return NT_STATUS_SUCCESS;
        if (!verdict.retry || outcome->attempts == last)
            return verdict.status;
        disk->wait(disk->wait_context, verdict.delay_ms);
    }
}

static int reset(const struct reservation_disk *disk, enum scsi_reset_level level,
                 struct reservation_outcome *outcome)
{
    outcome->transport_error =
        disk->transport->reset(disk->handle, level, &outcome->result.os_error);
    return outcome->transport_error;
}

/* A device that is gone, or that cannot or may not be reset, will be no different at the next
 * level.
 */
static bool is_final(int transport_error)
{
    return transport_error == SCSI_NOT_PERMITTED || transport_error == SCSI_DEVICE_GONE ||
           transport_error == SCSI_NO_RESETS;
}

void reservation_break(const struct reservation_disk *disk, struct reservation_outcome *outcome)
{
    outcome->status = NT_STATUS_IO_DEVICE_ERROR;
    for (int level = SCSI_RESET_LOGICAL_UNIT; level <= SCSI_RESET_BUS; level++) {
        int error = reset(disk, (enum scsi_reset_level)level, outcome);

        if (is_final(error)) {
            outcome->status = reservation_judge_transport_error(error);
            return;
        }
        /* Even a reset that claims success may have kept the reservation; semantics 4. */
        if (error == SCSI_SENT && test_unit(disk, outcome) == NT_STATUS_SUCCESS) {
            outcome->status = NT_STATUS_SUCCESS;
            return;
        }
        if (is_final(outcome->transport_error)) {
            outcome->status = reservation_judge_transport_error(outcome->transport_error);
            return;
        }
    }
}

void reservation_reset_bus(const struct reservation_disk *disk, struct reservation_outcome *outcome)
{
    int error = reset(disk, SCSI_RESET_BUS, outcome);

    outcome->status =
        error == SCSI_SENT ? NT_STATUS_SUCCESS : reservation_judge_transport_error(error);
}
