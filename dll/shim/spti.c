#include "spti.h"

#include "handles.h"
#include "spti_packet.h"
#include "spti_reset.h"
#include <string.h>
#include <windows.h>
#include <winternl.h>

NTSYSAPI NTSTATUS NTAPI NtCreateEvent(HANDLE *event, ACCESS_MASK access,
                                      const OBJECT_ATTRIBUTES *attributes, int type,
                                      BOOLEAN is_set);

enum { NOTIFICATION_EVENT = 0 };

/* With an event of ours and neither routine nor context: a completion port hears nothing. */
static int32_t call(HANDLE file, HANDLE event, uint32_t control_code, void *packet, uint32_t length)
{
    IO_STATUS_BLOCK io = {.Information = 0};
    NTSTATUS status = NtDeviceIoControlFile(file, event, NULL, NULL, &io, control_code, packet,
                                            length, packet, length);

    if (status != NT_STATUS_PENDING)
        return status;
    NtWaitForSingleObject(event, FALSE, NULL);
    return io.Status;
}

int32_t spti_control(const struct disk *disk, uint32_t control_code, void *packet, uint32_t length)
{
    HANDLE file = (HANDLE)(ULONG_PTR)(unsigned int)disk->fd, event;
    NTSTATUS status = NtCreateEvent(&event, EVENT_ALL_ACCESS, NULL, NOTIFICATION_EVENT, FALSE);

    if (!NT_SUCCESS(status))
        return NT_STATUS_INSUFFICIENT_RESOURCES;
    status = call(file, event, control_code, packet, length);
    handles_close_private(event);
    return status;
}

static int32_t send_direct(const struct disk *disk, const struct scsi_command *command,
                           struct spti_packet *packet)
{
    spti_packet_fill(packet, command, (uintptr_t)command->data);
    return spti_control(disk, SPTI_PASS_THROUGH_DIRECT, packet, sizeof(*packet));
}

/* With a copy of the data behind the packet. */
static int32_t send_buffered(const struct disk *disk, const struct scsi_command *command,
                             struct spti_packet *packet)
{
    const uint32_t length = command->transfer_length;
    struct spti_packet *whole = HeapAlloc(GetProcessHeap(), 0, sizeof(*whole) + length);
    uint8_t *data;
    int32_t status;

    if (!whole)
        return NT_STATUS_INSUFFICIENT_RESOURCES;
    data = (uint8_t *)(whole + 1);
    spti_packet_fill(whole, command, sizeof(*whole));
    if (length)
        memcpy(data, command->data, length);
    status = spti_control(disk, SPTI_PASS_THROUGH, whole, sizeof(*whole) + length);
    if (command->direction == SCSI_DATA_IN)
        memcpy(command->data, data, length);
    *packet = *whole;
    HeapFree(GetProcessHeap(), 0, whole);
    return status;
}

static int execute(void *handle, const struct scsi_command *command, struct scsi_result *result)
{
    const struct disk *disk = handle;
    const bool is_direct = spti_may_be_direct(command);
    struct spti_packet packet;
    int32_t status =
        is_direct ? send_direct(disk, command, &packet) : send_buffered(disk, command, &packet);

    if (is_direct && spti_was_not_taken(status))
        status = send_buffered(disk, command, &packet);
    return spti_packet_result(&packet, status, command, result);
}

const struct scsi_transport spti_transport = {execute, spti_reset};

const struct side side_spti_system = {
    .name = "spti",
    .asks_system_first = true,
    .transport = &spti_transport,
    .open = spti_disk_open,
    .close = spti_disk_close,
    .name_disk = spti_disk_name,
};
