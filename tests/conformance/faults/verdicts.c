/* Faults in what the disk's answer is made of, in sending again, and in breaking a reservation. */
#include "faults.h"

#include "../../../dll/scsi/sense.h"

static struct reservation_verdict done(int32_t status)
{
    return (struct reservation_verdict){status, false, 0};
}

static bool is_conflict(const struct scsi_result *result)
{
    return result->status == SCSI_STATUS_RESERVATION_CONFLICT;
}

static bool has_sense(const struct scsi_result *result, uint8_t key)
{
    const struct scsi_sense sense = scsi_decode_sense(result->sense, result->sense_length);

    return result->status == SCSI_STATUS_CHECK_CONDITION && sense.valid && sense.key == key;
}

static struct reservation_verdict conflict_as(const struct scsi_result *result, int32_t status)
{
    return is_conflict(result) ? done(status) : real_judge(result);
}

struct reservation_verdict fault_conflict_is_success(const struct scsi_result *result)
{
    return conflict_as(result, NT_STATUS_SUCCESS);
}

struct reservation_verdict fault_conflict_is_denied(const struct scsi_result *result)
{
    return conflict_as(result, NT_STATUS_ACCESS_DENIED);
}

struct reservation_verdict fault_conflict_is_io_error(const struct scsi_result *result)
{
    return conflict_as(result, NT_STATUS_IO_DEVICE_ERROR);
}

struct reservation_verdict fault_conflict_is_not_ready(const struct scsi_result *result)
{
    return conflict_as(result, NT_STATUS_DEVICE_NOT_READY);
}

struct reservation_verdict fault_conflict_is_retried(const struct scsi_result *result)
{
    return is_conflict(result) ? (struct reservation_verdict){NT_STATUS_DEVICE_BUSY, true, 500}
                               : real_judge(result);
}

struct reservation_verdict fault_invalid_release_status(const struct scsi_result *result)
{
    const struct reservation_verdict verdict = real_judge(result);

    return verdict.status == NT_STATUS_INVALID_OFFSET_ALIGNMENT
               ? done(NT_STATUS_INVALID_DEVICE_REQUEST)
               : verdict;
}

struct reservation_verdict fault_illegal_request_is_io_error(const struct scsi_result *result)
{
    const struct reservation_verdict verdict = real_judge(result);

    return verdict.status == NT_STATUS_INVALID_DEVICE_REQUEST ? done(NT_STATUS_IO_DEVICE_ERROR)
                                                              : verdict;
}

struct reservation_verdict fault_illegal_request_is_parameter(const struct scsi_result *result)
{
    const struct reservation_verdict verdict = real_judge(result);

    return verdict.status == NT_STATUS_INVALID_DEVICE_REQUEST ? done(NT_STATUS_INVALID_PARAMETER)
                                                              : verdict;
}

struct reservation_verdict fault_illegal_request_is_success(const struct scsi_result *result)
{
    return has_sense(result, SCSI_ILLEGAL_REQUEST) ? done(NT_STATUS_SUCCESS) : real_judge(result);
}

struct reservation_verdict fault_attention_is_error(const struct scsi_result *result)
{
    return has_sense(result, SCSI_UNIT_ATTENTION) ? done(NT_STATUS_IO_DEVICE_ERROR)
                                                  : real_judge(result);
}

struct reservation_verdict fault_attention_is_success(const struct scsi_result *result)
{
    return has_sense(result, SCSI_UNIT_ATTENTION) ? done(NT_STATUS_SUCCESS) : real_judge(result);
}

struct reservation_verdict fault_attention_is_conflict(const struct scsi_result *result)
{
    return has_sense(result, SCSI_UNIT_ATTENTION) ? done(NT_STATUS_DEVICE_BUSY)
                                                  : real_judge(result);
}

/* ---- BREAK_RESERVATION ---- */

void fault_break_does_nothing(const struct reservation_disk *disk,
                              struct reservation_outcome *outcome)
{
    (void)disk;
    outcome->status = NT_STATUS_SUCCESS;
}

void fault_break_is_refused(const struct reservation_disk *disk,
                            struct reservation_outcome *outcome)
{
    (void)disk;
    outcome->status = NT_STATUS_INVALID_DEVICE_REQUEST;
}

void fault_break_fails(const struct reservation_disk *disk, struct reservation_outcome *outcome)
{
    real_reset(disk, outcome);
    outcome->status = NT_STATUS_IO_DEVICE_ERROR;
}

void fault_break_has_information(const struct reservation_disk *disk,
                                 struct reservation_outcome *outcome)
{
    real_reset(disk, outcome);
    outcome->information = 8;
}

static void send_pr_out(const struct reservation_disk *disk, uint8_t action,
                        const uint8_t list[SCSI_PR_OUT_PARAMETER_LENGTH])
{
    struct reservation_outcome outcome = {0};

    scsi_build_pr_out(&outcome.command, action, 0);
    outcome.command.data = (void *)list;
    reservation_send(disk, &outcome);
}

/* All that is persistent goes too: registered, and cleared. */
void fault_break_clears_persistent(const struct reservation_disk *disk,
                                   struct reservation_outcome *outcome)
{
    enum { CLEAR = 3, REGISTER_IGNORE = 6 };
    static const uint8_t new_key[SCSI_PR_OUT_PARAMETER_LENGTH] = {[15] = 1};
    static const uint8_t key[SCSI_PR_OUT_PARAMETER_LENGTH] = {[7] = 1};

    real_reset(disk, outcome);
    send_pr_out(disk, REGISTER_IGNORE, new_key);
    send_pr_out(disk, CLEAR, key);
}
