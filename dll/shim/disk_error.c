#include "disk_error.h"

#include "guarded.h"

enum { PIECE = 64 * 1024, PAGE = 4096, LINUX_SECTOR = 512 };

/* What Wine says of the request itself, and never of what the disk did. */
static const NTSTATUS clear[] = {
    NT_STATUS_INVALID_HANDLE, NT_STATUS_INVALID_PARAMETER, NT_STATUS_END_OF_FILE,
    NT_STATUS_ACCESS_DENIED,  NT_STATUS_ACCESS_VIOLATION,  NT_STATUS_INSUFFICIENT_RESOURCES,
    NT_STATUS_DISK_FULL, /* beyond the end */
};

bool disk_error_is_unclear(NTSTATUS status)
{
    for (size_t i = 0; i < sizeof(clear) / sizeof(clear[0]); i++)
        if (clear[i] == status)
            return false;
    return NT_ERROR(status);
}

static bool copy(bool is_write, void *theirs, void *ours, uint32_t length)
{
    return is_write ? guarded_copy(ours, theirs, length) : guarded_copy(theirs, ours, length);
}

/* Copies a piece between the caller's memory and ours. A piece is whole pages but for the last, and
 * each segment is a page. */
static bool copy_piece(const struct transfer *transfer, uint32_t from, uint8_t *ours,
                       uint32_t length)
{
    const FILE_SEGMENT_ELEMENT *segments = transfer->buffer;

    if (!transfer->is_segmented)
        return copy(transfer->is_write, (uint8_t *)transfer->buffer + from, ours, length);
    for (uint32_t done = 0; done < length; done += PAGE) {
        const uint32_t rest = length - done;
        FILE_SEGMENT_ELEMENT segment;

        if (!guarded_copy(&segment, &segments[(from + done) / PAGE], sizeof(segment)) ||
            !copy(transfer->is_write, segment.Buffer, ours + done, rest < PAGE ? rest : PAGE))
            return false;
    }
    return true;
}

static NTSTATUS ask(struct disk *disk, bool is_write, struct scsi_extent extent, void *data)
{
    const struct reservation_disk target = disk_target(disk);
    struct reservation_outcome outcome = {0};

    scsi_build_transfer(&outcome.command, is_write, extent);
    outcome.command.data = data;
    reservation_send(&target, &outcome);
    return outcome.status;
}

static NTSTATUS send_pieces(struct disk *disk, const struct transfer *transfer, uint64_t start,
                            uint8_t *piece)
{
    for (uint32_t done = 0; done < transfer->length; done += PIECE) {
        const uint32_t rest = transfer->length - done;
        const uint32_t length = rest < PIECE ? rest : PIECE;
        const struct scsi_extent extent = {(start + done) / disk->sector_size,
                                           length / disk->sector_size, disk->sector_size};
        NTSTATUS status;

        if (transfer->is_write && !copy_piece(transfer, done, piece, length))
            return NT_STATUS_ACCESS_VIOLATION;
        status = ask(disk, transfer->is_write, extent, piece);
        if (!NT_SUCCESS(status))
            return status;
        if (!transfer->is_write && !copy_piece(transfer, done, piece, length))
            return NT_STATUS_ACCESS_VIOLATION;
    }
    return NT_STATUS_SUCCESS;
}

NTSTATUS disk_error_probe(struct disk *disk, bool is_write)
{
    const struct scsi_extent nothing = {.block_size = disk->sector_size};

    return ask(disk, is_write, nothing, NULL);
}

NTSTATUS disk_error_transfer(struct disk *disk, const struct transfer *transfer, uint64_t offset)
{
    const uint64_t start = disk->first_sector * LINUX_SECTOR + offset;
    uint8_t *piece = VirtualAlloc(NULL, PIECE, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    NTSTATUS status;

    if (!piece)
        return NT_STATUS_INSUFFICIENT_RESOURCES;
    status = send_pieces(disk, transfer, start, piece);
    VirtualFree(piece, 0, MEM_RELEASE);
    return status;
}
