#include "transfer.h"

#include "../reservation/nt_status.h"
#include "guarded.h"

/* ntifs.h */
static const FILE_INFORMATION_CLASS file_position_information = 14;

/* Of the data that go through a buffer of ours, so many at a time. */
enum { CHUNK = 1024 * 1024, PAGE = 4096 };

bool transfer_may_touch(const struct transfer *transfer)
{
    const FILE_SEGMENT_ELEMENT *segments = transfer->buffer;
    const bool will_change = !transfer->is_write;

    if (!transfer->is_segmented)
        return guarded_probe(transfer->buffer, transfer->length, will_change);
    for (ULONG i = 0; i < transfer->length / PAGE; i++) {
        FILE_SEGMENT_ELEMENT segment;

        if (!guarded_copy(&segment, &segments[i], sizeof(segment)) ||
            !guarded_probe(segment.Buffer, PAGE, will_change))
            return false;
    }
    return true;
}

static NTSTATUS call_original(const struct transfer *transfer, void *buffer, ULONG length,
                              LARGE_INTEGER *offset, ULONG_PTR *transferred)
{
    IO_STATUS_BLOCK io = {.Information = 0};
    NTSTATUS status = transfer->original(transfer->handle, NULL, NULL, NULL, &io, buffer, length,
                                         offset, transfer->key);

    if (status == NT_STATUS_PENDING) /* on an overlapped handle; done nevertheless */
        status = io.Status;
    *transferred = NT_SUCCESS(status) ? io.Information : 0;
    return status;
}

static NTSTATUS run_chunk(const struct transfer *transfer, uint8_t *ours, ULONG done, ULONG length,
                          ULONG_PTR *transferred)
{
    uint8_t *theirs = (uint8_t *)transfer->buffer + done;
    LARGE_INTEGER offset, *at = NULL;
    NTSTATUS status;

    *transferred = 0;
    if (transfer->is_write && !guarded_copy(ours, theirs, length))
        return NT_STATUS_ACCESS_VIOLATION;
    if (transfer->offset) {
        offset.QuadPart = transfer->offset->QuadPart;
        if (offset.QuadPart >= 0) /* else the file pointer, which moves by itself */
            offset.QuadPart += done;
        at = &offset;
    }
    status = call_original(transfer, ours, length, at, transferred);
    if (!transfer->is_write && !guarded_copy(theirs, ours, *transferred))
        return NT_STATUS_ACCESS_VIOLATION;
    return status;
}

/* Less than was asked for is the end of the disk. */
static NTSTATUS run_through(const struct transfer *transfer, uint8_t *ours, ULONG_PTR *transferred)
{
    NTSTATUS status = NT_STATUS_SUCCESS;
    ULONG done = 0;

    while (done < transfer->length) {
        const ULONG rest = transfer->length - done;
        const ULONG length = rest < CHUNK ? rest : CHUNK;
        ULONG_PTR moved;

        status = run_chunk(transfer, ours, done, length, &moved);
        done += (ULONG)moved;
        if (!NT_SUCCESS(status) || moved < length)
            break;
    }
    if (status == NT_STATUS_END_OF_FILE && done > 0)
        status = NT_STATUS_SUCCESS;
    *transferred = done;
    return status;
}

static NTSTATUS run_bounced(const struct transfer *transfer, ULONG_PTR *transferred)
{
    const SIZE_T size = transfer->length < CHUNK ? transfer->length : CHUNK;
    uint8_t *ours;
    NTSTATUS status;

    *transferred = 0;
    ours = VirtualAlloc(NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    if (!ours)
        return NT_STATUS_INSUFFICIENT_RESOURCES;
    status = run_through(transfer, ours, transferred);
    VirtualFree(ours, 0, MEM_RELEASE);
    return status;
}

/* What Linux wants of an address differs between kernels and drivers, so it is asked: it says
 * EINVAL, before anything has moved, to a buffer as to a partial sector. */
NTSTATUS transfer_run(const struct transfer *transfer, ULONG_PTR *transferred)
{
    const ULONG_PTR in_sector = transfer->sector_size - 1;
    NTSTATUS status =
        call_original(transfer, transfer->buffer, transfer->length, transfer->offset, transferred);

    if (status != NT_STATUS_INVALID_PARAMETER || transfer->is_segmented ||
        (transfer->length & in_sector) || !((ULONG_PTR)transfer->buffer & in_sector))
        return status;
    return run_bounced(transfer, transferred);
}

bool transfer_go_back(const struct transfer *transfer, ULONG_PTR transferred, LARGE_INTEGER *start)
{
    IO_STATUS_BLOCK io;

    if (transfer->offset && transfer->offset->QuadPart >= 0) {
        *start = *transfer->offset;
        return true;
    }
    if (!NT_SUCCESS(NtQueryInformationFile(transfer->handle, &io, start, sizeof(*start),
                                           file_position_information)))
        return false;
    start->QuadPart -= (LONGLONG)transferred;
    return transferred == 0 ||
           NT_SUCCESS(NtSetInformationFile(transfer->handle, &io, start, sizeof(*start),
                                           file_position_information));
}

void transfer_go_on(const struct transfer *transfer, const LARGE_INTEGER *start)
{
    LARGE_INTEGER end = {.QuadPart = start->QuadPart + transfer->length};
    IO_STATUS_BLOCK io;

    NtSetInformationFile(transfer->handle, &io, &end, sizeof(end), file_position_information);
}
