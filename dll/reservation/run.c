/* Sending, judging and sending again. */
#include "reservation.h"

#include "attempt.h"
#include "break.h"
#include <stdatomic.h>

/* RESERVE and RELEASE have a ten-byte form to fall back to, windows-behaviour 3. */
static bool has_ten_byte_form(const struct scsi_command *command)
{
    return command->cdb[0] == SCSI_RESERVE_6 || command->cdb[0] == SCSI_RELEASE_6;
}

static void use_ten_byte_form(struct scsi_command *command)
{
    scsi_build_plain(command,
                     command->cdb[0] == SCSI_RESERVE_6 ? SCSI_RESERVE_10 : SCSI_RELEASE_10);
}

/* Once a disk has refused the six-byte form it is never asked with it again; the request at hand
 * is repeated in the ten-byte form whatever its verdict said of repeating. */
static void fall_back(const struct reservation_disk *disk, struct reservation_outcome *outcome,
                      struct reservation_verdict *verdict)
{
    if (outcome->transport_error != SCSI_SENT || !has_ten_byte_form(&outcome->command) ||
        verdict->status != NT_STATUS_INVALID_DEVICE_REQUEST)
        return;
    atomic_store_explicit(disk->wants_ten_byte, 1, memory_order_relaxed);
    verdict->retry = true;
}

/* What the next attempt sends. The command is left alone until there is one, so that the trace
 * names the command that the result belongs to. */
static void choose_form(const struct reservation_disk *disk, struct scsi_command *command)
{
    if (has_ten_byte_form(command) &&
        atomic_load_explicit(disk->wants_ten_byte, memory_order_relaxed))
        use_ten_byte_form(command);
}

void reservation_send(const struct reservation_disk *disk, struct reservation_outcome *outcome)
{
    struct reservation_verdict verdict;

    for (;;) {
        choose_form(disk, &outcome->command);
        verdict = reservation_attempt(disk, outcome);
        fall_back(disk, outcome, &verdict);
        if (!verdict.retry || outcome->attempts == RESERVATION_ATTEMPTS)
            break;
        disk->wait(disk->wait_context, verdict.delay_ms);
    }
    outcome->status = verdict.status;
}

/* A device or driver may claim more than there was room for; nobody above has to believe it. */
static uint32_t bytes_read(const struct reservation_outcome *outcome)
{
    uint32_t most = outcome->command.transfer_length;

    return outcome->result.transferred < most ? outcome->result.transferred : most;
}

void reservation_run(const struct reservation_disk *disk, struct reservation_plan *plan,
                     struct reservation_outcome *outcome)
{
    reservation_outcome_clear(outcome);
    outcome->command = plan->command;
    switch (plan->action) {
    case RESERVATION_BREAK:
        reservation_break(disk, outcome);
        return;
    case RESERVATION_RESET_BUS:
        reservation_reset_bus(disk, outcome);
        return;
    case RESERVATION_PR_OUT:
        outcome->command.data = plan->parameter_list;
        break;
    default:
        break;
    }
    reservation_send(disk, outcome);
    if (plan->action == RESERVATION_PR_IN && outcome->status == NT_STATUS_SUCCESS)
        outcome->information = bytes_read(outcome);
}
