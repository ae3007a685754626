/* Faults in raw reads and writes. */
#include "faults.h"

static bool is_unsuccessful(NTSTATUS status)
{
    return !NT_SUCCESS(status);
}

/* What Wine makes of it stays. */
bool fault_raw_conflict_unclear(NTSTATUS status)
{
    (void)status;
    return false;
}

NTSTATUS fault_raw_failure_is_success(const struct transfer *transfer, ULONG_PTR *transferred)
{
    if (is_unsuccessful(real_transfer(transfer, transferred)))
        *transferred = transfer->length;
    return NT_STATUS_SUCCESS;
}

NTSTATUS fault_raw_write_not_done(const struct transfer *transfer, ULONG_PTR *transferred)
{
    if (!transfer->is_write)
        return real_transfer(transfer, transferred);
    *transferred = transfer->length;
    return NT_STATUS_SUCCESS;
}

NTSTATUS fault_raw_write_done_and_refused(const struct transfer *transfer, ULONG_PTR *transferred)
{
    const NTSTATUS status = real_transfer(transfer, transferred);

    return transfer->is_write ? NT_STATUS_ACCESS_DENIED : status;
}

NTSTATUS fault_raw_read_not_done(const struct transfer *transfer, ULONG_PTR *transferred)
{
    if (transfer->is_write)
        return real_transfer(transfer, transferred);
    *transferred = transfer->length;
    return NT_STATUS_SUCCESS;
}

NTSTATUS fault_raw_bytes_one_sector_less(const struct transfer *transfer, ULONG_PTR *transferred)
{
    const NTSTATUS status = real_transfer(transfer, transferred);

    if (NT_SUCCESS(status) && *transferred >= transfer->sector_size)
        *transferred -= transfer->sector_size;
    return status;
}

/* One sector further, but only writes. */
NTSTATUS fault_raw_write_elsewhere(const struct transfer *transfer, ULONG_PTR *transferred)
{
    struct transfer moved = *transfer;
    LARGE_INTEGER offset;

    if (!transfer->is_write || !transfer->offset)
        return real_transfer(transfer, transferred);
    offset.QuadPart = transfer->offset->QuadPart + transfer->sector_size;
    moved.offset = &offset;
    return real_transfer(&moved, transferred);
}

int fault_flush_not_sent(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    return command->cdb[0] == SCSI_SYNCHRONIZE_CACHE_10 ? SCSI_SENT
                                                        : real_execute(disk, command, result);
}

/* The question that finds out what a failed transfer was about is always answered well. */
int fault_raw_probe_blind(void *disk, const struct scsi_command *command,
                          struct scsi_result *result)
{
    const int error = real_execute(disk, command, result);

    if (command->cdb[0] == SCSI_READ_10 || command->cdb[0] == SCSI_WRITE_10)
        scsi_result_clear(result);
    return error;
}
