#include "raw_io.h"

#include "complete.h"
#include "disk.h"
#include "disk_error.h"
#include "file_object.h"
#include "hook.h"
#include "side.h"
#include "trace.h"
#include "transfer.h"

NTSYSAPI NTSTATUS NTAPI NtResetEvent(HANDLE event, LONG *previous_state);
NTSYSAPI NTSTATUS NTAPI NtQueueApcThread(HANDLE thread, void *routine, void *first, void *second,
                                         void *third);

typedef NTSTATUS(NTAPI *flush_function)(HANDLE, IO_STATUS_BLOCK *);

static flush_function original_flush;

/* How the caller hears of the end. */
struct listener {
    HANDLE event;
    void *apc;
    void *context;
    IO_STATUS_BLOCK *io;
};

/* A routine and a packet exclude each other; without a context nobody wants a packet. */
static void queue_packet(HANDLE handle, const struct listener *listener, NTSTATUS status,
                         ULONG_PTR information)
{
    struct file_object *object =
        listener->context && !listener->apc ? file_object_of(handle) : NULL;
    ULONG_PTR key;
    struct file_object *port = object ? file_object_port(object, &key) : NULL;

    if (port) {
        file_object_post(port, key, listener->context, status, (uint32_t)information);
        file_object_release(port);
    }
    if (object)
        file_object_release(object);
}

/* windows-behaviour 2.8, in its order. */
static void tell(HANDLE handle, const struct listener *listener, NTSTATUS status,
                 ULONG_PTR information)
{
    complete_store((OVERLAPPED *)listener->io, status, (uint32_t)information);
    if (listener->event)
        SetEvent(listener->event);
    if (listener->apc)
        NtQueueApcThread(GetCurrentThread(), listener->apc, listener->context, listener->io, NULL);
    queue_packet(handle, listener, status, information);
}

/* A place that is not the file pointer's. */
static bool has_place(const struct transfer *transfer)
{
    return transfer->offset && transfer->offset->QuadPart >= 0;
}

/* What the disk class driver refuses. Linux would too, but for what lies beyond the end. */
static bool is_partial(const struct transfer *transfer)
{
    const LONGLONG in_sector = transfer->sector_size - 1;

    return (transfer->length & in_sector) ||
           (has_place(transfer) && (transfer->offset->QuadPart & in_sector));
}

/* Wine calls every failure of a scattered read the end of the file. */
static bool is_any_failure(const struct transfer *transfer, NTSTATUS status)
{
    return transfer->is_segmented && !transfer->is_write && status == NT_STATUS_END_OF_FILE;
}

/* The whole transfer again, for as long as the disk says that nothing is in its way: a reservation
 * that was there may have gone. Every attempt is whole, so that no part of a write that is reported
 * as failed is on the disk but where it is larger than one command. */
static NTSTATUS try_again(struct disk *disk, const struct transfer *transfer,
                          ULONG_PTR *transferred, LARGE_INTEGER *start)
{
    enum { ATTEMPTS = 3 };

    for (int i = 0; i < ATTEMPTS; i++) {
        NTSTATUS status;

        if (!transfer_go_back(transfer, *transferred, start))
            return NT_STATUS_IO_DEVICE_ERROR;
        *transferred = 0;
        status = disk_error_probe(disk, transfer->is_write);
        if (!NT_SUCCESS(status))
            return status;
        status = transfer_run(transfer, transferred);
        if (!disk_error_is_unclear(status) && !is_any_failure(transfer, status))
            return status;
    }
    if (!transfer_go_back(transfer, *transferred, start))
        return NT_STATUS_IO_DEVICE_ERROR;
    *transferred = 0;
    return NT_STATUS_PENDING;
}

/* What the disk says decides. A transfer that fails although nothing is in its way meets a fault of
 * the medium or the transport, and the command that meets it has its sense. */
static NTSTATUS find_error(struct disk *disk, const struct transfer *transfer,
                           ULONG_PTR *transferred)
{
    LARGE_INTEGER start;
    NTSTATUS status = try_again(disk, transfer, transferred, &start);

    if (status != NT_STATUS_PENDING)
        return status;
    status = disk_error_transfer(disk, transfer, (uint64_t)start.QuadPart);
    if (!NT_SUCCESS(status))
        return status;
    transfer_go_on(transfer, &start);
    *transferred = transfer->length;
    return status;
}

static NTSTATUS run(struct disk *disk, const struct transfer *transfer, ULONG_PTR *information)
{
    NTSTATUS status = transfer_run(transfer, information);
    const bool may_be_the_end = is_any_failure(transfer, status);

    if (may_be_the_end || disk_error_is_unclear(status)) {
        status = find_error(disk, transfer, information);
        if (may_be_the_end && status == NT_STATUS_NONEXISTENT_SECTOR)
            status = NT_STATUS_END_OF_FILE;
        trace_note(TRACE_ERROR, "a %s of %lu bytes: %s", transfer->is_write ? "write" : "read",
                   transfer->length, nt_status_name(status));
    }
    if (!NT_SUCCESS(status))
        *information = 0;
    return status;
}

static NTSTATUS run_synchronously(struct disk *disk, const struct transfer *transfer,
                                  const struct listener *listener)
{
    ULONG_PTR information;
    NTSTATUS status;

    if (is_partial(transfer))
        return NT_STATUS_INVALID_PARAMETER;
    status = run(disk, transfer, &information);
    if (!NT_ERROR(status) || status == NT_STATUS_END_OF_FILE) /* Wine stores this one */
        tell(transfer->handle, listener, status, information);
    return status;
}

/* The disk's answer has always been pending. It is complete by then: Wine too reads and writes
 * before it returns. */
static NTSTATUS run_overlapped(struct disk *disk, const struct transfer *transfer,
                               const struct listener *listener)
{
    ULONG_PTR information;
    NTSTATUS status;

    if (is_partial(transfer) || !has_place(transfer))
        return NT_STATUS_INVALID_PARAMETER;
    status = run(disk, transfer, &information);
    if (status == NT_STATUS_ACCESS_VIOLATION)
        return status;
    tell(transfer->handle, listener, status, information);
    return NT_STATUS_PENDING;
}

static NTSTATUS run_on_disk(struct disk *disk, struct transfer *transfer,
                            const struct listener *listener)
{
    NTSTATUS status;

    if (!transfer_may_touch(transfer))
        return NT_STATUS_ACCESS_VIOLATION;
    status = listener->event ? NtResetEvent(listener->event, NULL) : NT_STATUS_SUCCESS;
    if (NT_ERROR(status))
        return status;
    transfer->sector_size = disk->sector_size;
    return disk->is_overlapped ? run_overlapped(disk, transfer, listener)
                               : run_synchronously(disk, transfer, listener);
}

static NTSTATUS run_anywhere(struct transfer *transfer, const struct listener *listener)
{
    const uint32_t access = transfer->is_write ? FILE_WRITE_DATA : FILE_READ_DATA;
    struct disk disk;

    if (disk_open(transfer->handle, &disk)) {
        const bool is_ours = disk.sector_size && (disk.granted_access & access);
        const NTSTATUS status =
            is_ours ? run_on_disk(&disk, transfer, listener) : NT_STATUS_SUCCESS;

        disk_close(&disk);
        if (is_ours)
            return status;
    }
    return transfer->original(transfer->handle, listener->event, listener->apc, listener->context,
                              listener->io, transfer->buffer, transfer->length, transfer->offset,
                              transfer->key);
}

/* The four differ in what they take over and in these two properties. Each is entered through its
 * holdfast_hooked_ in raw_io_ARCHITECTURE.S, which has passed on what is known to be no disk. */
#define TRANSFER(name, writes, is_in_segments)                                                     \
    extern transfer_function holdfast_original_##name;                                             \
    transfer_function holdfast_original_##name;                                                    \
    NTSTATUS NTAPI holdfast_hooked_##name(void);                                                   \
    NTSTATUS NTAPI holdfast_transfer_##name(HANDLE handle, HANDLE event, void *apc, void *context, \
                                            IO_STATUS_BLOCK *io, void *buffer, ULONG length,       \
                                            LARGE_INTEGER *offset, ULONG *key);                    \
    NTSTATUS NTAPI holdfast_transfer_##name(HANDLE handle, HANDLE event, void *apc, void *context, \
                                            IO_STATUS_BLOCK *io, void *buffer, ULONG length,       \
                                            LARGE_INTEGER *offset, ULONG *key)                     \
    {                                                                                              \
        return run_anywhere(&(struct transfer){holdfast_original_##name, writes, is_in_segments,   \
                                               handle, buffer, length, offset, key, 0},            \
                            &(struct listener){event, apc, context, io});                          \
    }
TRANSFER(read, false, false)
TRANSFER(write, true, false)
TRANSFER(scatter, false, true)
TRANSFER(gather, true, true)

/* What has been written is on the disk, but perhaps only in its cache (SBC-3 5.22). A disk that
 * does not know the command has none. */
static NTSTATUS flush(struct disk *disk)
{
    const struct reservation_disk target = disk_target(disk);
    struct reservation_outcome outcome = {0};

    scsi_build_plain(&outcome.command, SCSI_SYNCHRONIZE_CACHE_10);
    reservation_send(&target, &outcome);
    return outcome.status == NT_STATUS_INVALID_DEVICE_REQUEST ? NT_STATUS_SUCCESS : outcome.status;
}

static NTSTATUS NTAPI hooked_flush(HANDLE handle, IO_STATUS_BLOCK *io)
{
    struct disk disk;
    NTSTATUS status;

    if (!disk_open(handle, &disk))
        return original_flush(handle, io);
    if (disk.sector_size && (disk.granted_access & FILE_WRITE_DATA)) {
        status = flush(&disk);
        if (!NT_ERROR(status))
            complete_store((OVERLAPPED *)io, status, 0);
    } else {
        status = original_flush(handle, io);
    }
    disk_close(&disk);
    return status;
}

static const struct hook_row hooks[] = {
    {"NtReadFile", (void *)holdfast_hooked_read, (void **)&holdfast_original_read},
    {"NtWriteFile", (void *)holdfast_hooked_write, (void **)&holdfast_original_write},
    {"NtReadFileScatter", (void *)holdfast_hooked_scatter, (void **)&holdfast_original_scatter},
    {"NtWriteFileGather", (void *)holdfast_hooked_gather, (void **)&holdfast_original_gather},
    {"NtFlushBuffersFile", (void *)hooked_flush, (void **)&original_flush},
};

bool raw_io_take(void)
{
    if (!disk_side->moves_data)
        return true;
    return hook_take(hook_by_system_call_stub, hooks, sizeof(hooks) / sizeof(hooks[0]));
}
