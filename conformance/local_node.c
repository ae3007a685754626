#include "local_node.h"

#include "nt_status.h"
#include "system.h"

#include <winioctl.h>

#include <ntddscsi.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GUARD = 64,              /* bytes before and behind the output buffer that nobody may write */
    WAIT_MS = 60 * 1000,     /* for a request that was pending */
    SLICE_MS = 20,           /* between two looks at Internal */
    AFTER_END_MS = 2 * 1000, /* for an event, once Internal says that the request is over */
    SCSI_TIMEOUT_S = 20,
    SENSE_MAX = 32,
};

struct local_node {
    struct node node;
    wchar_t disk_name[NODE_NAME_MAX];
    HANDLE handles[HANDLE_ACCESSES][2]; /* the second is overlapped */
    OVERLAPPED overlapped;
    HANDLE event;
    uint8_t input[REQUEST_INPUT_MAX];
    uint8_t output[GUARD + REQUEST_OUTPUT_MAX + GUARD];
    uint8_t *sector; /* page-aligned, SCSI_DATA_MAX bytes */
};

static const DWORD access_of[HANDLE_ACCESSES] = {
    [OPEN_READ_WRITE] = GENERIC_READ | GENERIC_WRITE,
    [OPEN_READ] = GENERIC_READ,
    [OPEN_WRITE] = GENERIC_WRITE,
    [OPEN_NOTHING] = 0,
};

static bool lose(struct node *node, const char *what, DWORD error)
{
    snprintf(node->problem, sizeof(node->problem), "%s (error %lu)", what, error);
    return false;
}

static HANDLE handle_of(struct local_node *local, uint32_t access, uint32_t overlapped)
{
    HANDLE *handle;

    if (access >= HANDLE_ACCESSES || overlapped > 1) {
        lose(&local->node, "a request names a handle that there is not", 0);
        return INVALID_HANDLE_VALUE;
    }
    handle = &local->handles[access][overlapped];
    if (*handle == INVALID_HANDLE_VALUE)
        *handle =
            CreateFileW(local->disk_name, access_of[access], FILE_SHARE_READ | FILE_SHARE_WRITE,
                        NULL, OPEN_EXISTING, overlapped ? FILE_FLAG_OVERLAPPED : 0, NULL);
    if (*handle == INVALID_HANDLE_VALUE)
        lose(&local->node, "the disk cannot be opened", GetLastError());
    return *handle;
}

/* What stands in an output byte before the call; no run of equal bytes, and never what the
 * neighbour has. */
static uint8_t fill_byte(size_t at)
{
    return (uint8_t)(0xa5 ^ at * 29);
}

static void fill_output(struct local_node *local, uint32_t length)
{
    for (size_t i = 0; i < GUARD + (size_t)length + GUARD; i++)
        local->output[i] = fill_byte(i);
}

static void look_at_buffers(struct local_node *local, const struct request *request,
                            struct answer *answer)
{
    const size_t end = GUARD + (size_t)request->output_length;

    answer->input_changed = memcmp(local->input, request->input, sizeof(local->input)) != 0;
    for (size_t i = 0; i < end + GUARD; i++) {
        if (local->output[i] == fill_byte(i))
            continue;
        if (i < GUARD || i >= end)
            answer->outside_changed = 1;
        else
            answer->output_changed = (uint32_t)(i - GUARD + 1);
    }
    answer->output_kept =
        request->output_length < ANSWER_OUTPUT_MAX ? request->output_length : ANSWER_OUTPUT_MAX;
    memcpy(answer->output, local->output + GUARD, answer->output_kept);
}

static void call(struct local_node *local, HANDLE handle, const struct request *request,
                 struct answer *answer, OVERLAPPED *overlapped)
{
    DWORD bytes = BYTES_SENTINEL;

    memcpy(local->input, request->input, sizeof(local->input));
    fill_output(local, request->output_length);
    system_calls()->status_to_error(NT_STATUS_SUCCESS);
    SetLastError(ERROR_SENTINEL);
    answer->returned =
        DeviceIoControl(handle, request->code,
                        request->input_flags & NULL_BUFFER ? NULL : local->input,
                        request->input_length,
                        request->output_flags & NULL_BUFFER ? NULL : local->output + GUARD,
                        request->output_length, &bytes, overlapped) != 0;
    answer->error = GetLastError();
    answer->bytes = bytes;
    answer->status = answer->returned ? NT_STATUS_SUCCESS : system_calls()->last_status();
}

/* Until the event is set, or the request is over without it, or no end is in sight. */
static bool wait_for_end(struct local_node *local, struct answer *answer)
{
    const volatile ULONG_PTR *internal = &local->overlapped.Internal;
    DWORD over_for = 0;

    for (DWORD waited = 0; waited < WAIT_MS; waited += SLICE_MS) {
        if (WaitForSingleObject(local->event, SLICE_MS) == WAIT_OBJECT_0) {
            answer->signalled = 1;
            return true;
        }
        over_for += *internal == (ULONG_PTR)NT_STATUS_PENDING ? 0 : SLICE_MS;
        if (over_for >= AFTER_END_MS)
            return true;
    }
    return lose(&local->node, "an overlapped request did not end within 60 s", 0);
}

static bool call_overlapped(struct local_node *local, HANDLE handle, const struct request *request,
                            struct answer *answer)
{
    OVERLAPPED *overlapped = &local->overlapped;
    DWORD bytes = BYTES_SENTINEL;

    memset(overlapped, 0, sizeof(*overlapped));
    overlapped->hEvent = local->event;
    overlapped->InternalHigh = BYTES_SENTINEL;
    SetEvent(local->event); /* DeviceIoControl has to clear it */
    call(local, handle, request, answer, overlapped);
    if (!answer->returned && answer->error == ERROR_IO_PENDING) {
        if (!wait_for_end(local, answer))
            return false;
        answer->final_returned = GetOverlappedResult(handle, overlapped, &bytes, FALSE) != 0;
        answer->final_error = answer->final_returned ? 0 : GetLastError();
        answer->final_bytes = bytes;
        answer->status = (int32_t)overlapped->Internal;
    } else {
        answer->signalled = WaitForSingleObject(local->event, 0) == WAIT_OBJECT_0;
    }
    answer->internal = (uint32_t)overlapped->Internal;
    answer->internal_high = (uint32_t)overlapped->InternalHigh;
    return true;
}

static bool local_request(struct node *node, const struct request *request, struct answer *answer)
{
    struct local_node *local = (struct local_node *)node;
    HANDLE handle = handle_of(local, request->access, request->overlapped);
    const DWORD start = GetTickCount();
    bool answered = true;

    memset(answer, 0, sizeof(*answer));
    if (handle == INVALID_HANDLE_VALUE)
        return false;
    if (request->output_length > REQUEST_OUTPUT_MAX || request->input_length > REQUEST_INPUT_MAX)
        return lose(node, "a request is longer than the suite's buffers", 0);
    if (request->overlapped)
        answered = call_overlapped(local, handle, request, answer);
    else
        call(local, handle, request, answer, NULL);
    answer->milliseconds = GetTickCount() - start;
    look_at_buffers(local, request, answer);
    return answered;
}

/* SPC-4 4.5: the response codes 70h and 71h are fixed format, 72h and 73h descriptor format. */
static void decode_sense(const uint8_t *sense, struct scsi_answer *answer)
{
    switch (sense[0] & 0x7f) {
    case 0x70:
    case 0x71:
        answer->key = sense[2] & 15;
        answer->asc = sense[12];
        answer->ascq = sense[13];
        break;
    case 0x72:
    case 0x73:
        answer->key = sense[1] & 15;
        answer->asc = sense[2];
        answer->ascq = sense[3];
        break;
    default:
        break;
    }
}

static bool local_scsi(struct node *node, const struct scsi_request *request,
                       struct scsi_answer *answer)
{
    static const uint8_t directions[] = {
        [SCSI_NO_DATA] = SCSI_IOCTL_DATA_UNSPECIFIED,
        [SCSI_DATA_IN] = SCSI_IOCTL_DATA_IN,
        [SCSI_DATA_OUT] = SCSI_IOCTL_DATA_OUT,
    };
    struct local_node *local = (struct local_node *)node;
    HANDLE handle = handle_of(local, OPEN_READ_WRITE, 0);
    struct {
        SCSI_PASS_THROUGH_DIRECT through;
        uint8_t sense[SENSE_MAX];
    } block;
    DWORD bytes = 0;

    memset(answer, 0, sizeof(*answer));
    if (handle == INVALID_HANDLE_VALUE)
        return false;
    if (request->length > SCSI_DATA_MAX || request->cdb_length > SCSI_CDB_MAX ||
        request->direction >= sizeof(directions))
        return lose(node, "a SCSI command is longer than the suite's buffers", 0);
    memset(&block, 0, sizeof(block));
    block.through.Length = sizeof(block.through);
    block.through.CdbLength = (UCHAR)request->cdb_length;
    block.through.SenseInfoLength = sizeof(block.sense);
    block.through.SenseInfoOffset = (ULONG)((uint8_t *)block.sense - (uint8_t *)&block);
    block.through.DataIn = directions[request->direction];
    block.through.DataTransferLength = request->length;
    block.through.DataBuffer = request->length ? local->sector : NULL;
    block.through.TimeOutValue = SCSI_TIMEOUT_S;
    memcpy(block.through.Cdb, request->cdb, request->cdb_length);
    memcpy(local->sector, request->data, SCSI_DATA_MAX);
    answer->returned = DeviceIoControl(handle, IOCTL_SCSI_PASS_THROUGH_DIRECT, &block,
                                       sizeof(block), &block, sizeof(block), &bytes, NULL) != 0;
    answer->error = answer->returned ? 0 : GetLastError();
    answer->status = block.through.ScsiStatus;
    answer->transferred = block.through.DataTransferLength;
    decode_sense(block.sense, answer);
    memcpy(answer->data, local->sector, SCSI_DATA_MAX);
    return true;
}

static BOOL transfer(struct local_node *local, HANDLE handle, const struct raw_request *request,
                     DWORD *bytes)
{
    LARGE_INTEGER offset;
    OVERLAPPED *overlapped = NULL;
    BOOL done;

    offset.QuadPart = (LONGLONG)request->offset;
    if (request->overlapped) {
        overlapped = &local->overlapped;
        memset(overlapped, 0, sizeof(*overlapped));
        overlapped->hEvent = local->event;
        overlapped->Offset = offset.LowPart;
        overlapped->OffsetHigh = (DWORD)offset.HighPart;
    } else if (!SetFilePointerEx(handle, offset, NULL, FILE_BEGIN)) {
        return FALSE;
    }
    done = request->action == RAW_READ
               ? ReadFile(handle, local->sector, request->length, bytes, overlapped)
               : WriteFile(handle, local->sector, request->length, bytes, overlapped);
    if (!done && overlapped && GetLastError() == ERROR_IO_PENDING)
        done = GetOverlappedResult(handle, overlapped, bytes, TRUE);
    return done;
}

static bool local_raw(struct node *node, const struct raw_request *request,
                      struct raw_answer *answer)
{
    struct local_node *local = (struct local_node *)node;
    HANDLE handle = handle_of(local, OPEN_READ_WRITE, request->overlapped);
    DWORD bytes = 0;
    BOOL done;

    memset(answer, 0, sizeof(*answer));
    if (handle == INVALID_HANDLE_VALUE)
        return false;
    if (request->length > SCSI_DATA_MAX)
        return lose(node, "a transfer is longer than the suite's buffers", 0);
    memcpy(local->sector, request->data, SCSI_DATA_MAX);
    if (request->action == RAW_FLUSH)
        done = FlushFileBuffers(handle);
    else
        done = transfer(local, handle, request, &bytes);
    answer->returned = done != 0;
    answer->error = done ? 0 : GetLastError();
    answer->bytes = bytes;
    memcpy(answer->data, local->sector, SCSI_DATA_MAX);
    return true;
}

static void local_close(struct node *node)
{
    struct local_node *local = (struct local_node *)node;

    if (node->problem[0])
        return; /* a request may still be with the device, and write to this memory */
    for (unsigned access = 0; access < HANDLE_ACCESSES; access++)
        for (unsigned i = 0; i < 2; i++)
            if (local->handles[access][i] != INVALID_HANDLE_VALUE)
                CloseHandle(local->handles[access][i]);
    if (local->event)
        CloseHandle(local->event);
    if (local->sector)
        VirtualFree(local->sector, 0, MEM_RELEASE);
    free(local);
}

static const struct node_operations local_operations = {
    .request = local_request,
    .scsi = local_scsi,
    .raw = local_raw,
    .close = local_close,
};

struct node *local_node_create(const wchar_t *disk_name)
{
    struct local_node *local = calloc(1, sizeof(*local));

    if (!local)
        return NULL;
    local->node.operations = &local_operations;
    for (unsigned access = 0; access < HANDLE_ACCESSES; access++)
        local->handles[access][0] = local->handles[access][1] = INVALID_HANDLE_VALUE;
    local->event = CreateEventW(NULL, TRUE, FALSE, NULL);
    local->sector = VirtualAlloc(NULL, SCSI_DATA_MAX, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    lstrcpynW(local->disk_name, disk_name, NODE_NAME_MAX);
    WideCharToMultiByte(CP_UTF8, 0, local->disk_name, -1, local->node.name, NODE_NAME_MAX - 1, NULL,
                        NULL);
    if (local->event && local->sector)
        return &local->node;
    local_close(&local->node);
    return NULL;
}
