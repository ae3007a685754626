#include "attempt.h"

struct reservation_verdict reservation_attempt(const struct reservation_disk *disk,
                                               struct reservation_outcome *outcome)
{
    struct reservation_verdict final = {0};

    outcome->command.timeout_ms = disk->timeout_ms;
    outcome->attempts++;
    scsi_result_clear(&outcome->result);
    outcome->transport_error =
        disk->transport->execute(disk->handle, &outcome->command, &outcome->result);
    if (outcome->transport_error == SCSI_SENT)
        return reservation_judge(&outcome->result);
    final.status = reservation_judge_transport_error(outcome->transport_error);
    return final;
}
