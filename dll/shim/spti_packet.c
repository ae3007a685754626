#include "spti_packet.h"

#include "../reservation/nt_status.h"

#include <string.h>

enum {
    WORD = 4,
    TIMEOUT_MOST = 108000, /* seconds, ntddscsi.h: the range of TimeOutValue */
    SENSE_FIRST = 0x70,    /* SPC-4 table 31, the response codes */
    SENSE_LAST = 0x73,
    SENSE_CODE_MASK = 0x7f,
    HOST_NO_CONNECT = 0x01, /* Linux' DID_ codes, which the heart judges by */
    HOST_TIME_OUT = 0x03,
    HOST_ABORT = 0x05,
    HOST_ERROR = 0x07,
};

/* What else a call may end with than success. Windows' port drivers say by an NTSTATUS what Linux
 * says by a host code: then the command was sent, and its fate is not known (host). */
static const struct {
    int32_t status;
    uint8_t error;
    uint8_t host;
} statuses[] = {
    {NT_STATUS_ACCESS_DENIED, SCSI_NOT_PERMITTED, 0},
    {(int32_t)0xc0000061, SCSI_NOT_PERMITTED, 0}, /* PRIVILEGE_NOT_HELD */
    {NT_STATUS_NO_SUCH_DEVICE, SCSI_DEVICE_GONE, 0},
    {NT_STATUS_DEVICE_DOES_NOT_EXIST, SCSI_DEVICE_GONE, 0},
    {(int32_t)0xc00002b6, SCSI_DEVICE_GONE, 0}, /* DEVICE_REMOVED */
    {(int32_t)0xc0000056, SCSI_DEVICE_GONE, 0}, /* DELETE_PENDING */
    {NT_STATUS_INVALID_DEVICE_REQUEST, SCSI_NOT_SUPPORTED, 0},
    {NT_STATUS_NOT_SUPPORTED, SCSI_NOT_SUPPORTED, 0},
    {NT_STATUS_INVALID_PARAMETER, SCSI_NOT_SUPPORTED, 0},
    {(int32_t)0xc0000002, SCSI_NOT_SUPPORTED, 0}, /* NOT_IMPLEMENTED */
    {(int32_t)0xc0000023, SCSI_NOT_SUPPORTED, 0}, /* BUFFER_TOO_SMALL */
    {(int32_t)0xc00000cb, SCSI_NOT_SUPPORTED, 0}, /* BAD_DEVICE_TYPE */
    {(int32_t)0xc0000024, SCSI_NOT_SUPPORTED, 0}, /* OBJECT_TYPE_MISMATCH */
    {NT_STATUS_INSUFFICIENT_RESOURCES, SCSI_NO_MEMORY, 0},
    {(int32_t)0xc0000017, SCSI_NO_MEMORY, 0}, /* NO_MEMORY */
    {NT_STATUS_ACCESS_VIOLATION, SCSI_BAD_ADDRESS, 0},
    {NT_STATUS_DEVICE_NOT_CONNECTED, SCSI_SENT, HOST_NO_CONNECT},
    {NT_STATUS_IO_TIMEOUT, SCSI_SENT, HOST_TIME_OUT},
    {(int32_t)0xc0000120, SCSI_SENT, HOST_ABORT}, /* CANCELLED */
    {NT_STATUS_IO_DEVICE_ERROR, SCSI_SENT, HOST_ERROR},
    {(int32_t)0xc0000186, SCSI_SENT, HOST_ERROR}, /* DEVICE_PROTOCOL_ERROR */
    {(int32_t)0xc000009e, SCSI_SENT, HOST_ERROR}, /* DEVICE_POWER_FAILURE */
};

/* Refused as a whole: every driver looks at these before it makes a request block. */
static const int32_t not_taken[] = {
    NT_STATUS_INVALID_PARAMETER, NT_STATUS_INVALID_DEVICE_REQUEST, NT_STATUS_NOT_SUPPORTED,
    (int32_t)0xc0000002, /* NOT_IMPLEMENTED */
};

bool spti_may_be_direct(const struct scsi_command *command)
{
    return command->transfer_length == 0 || (uintptr_t)command->data % WORD == 0;
}

bool spti_was_not_taken(int32_t status)
{
    for (size_t i = 0; i < sizeof(not_taken) / sizeof(not_taken[0]); i++)
        if (not_taken[i] == status)
            return true;
    return false;
}

static uint32_t seconds(uint32_t milliseconds)
{
    const uint32_t whole = milliseconds / 1000 + (milliseconds % 1000 != 0);

    if (whole == 0)
        return 1;
    return whole < TIMEOUT_MOST ? whole : TIMEOUT_MOST;
}

void spti_packet_fill(struct spti_packet *packet, const struct scsi_command *command,
                      uintptr_t data)
{
    static const uint8_t directions[] = {
        [SCSI_NO_DATA] = SPTI_NO_DATA,
        [SCSI_DATA_IN] = SPTI_DATA_IN,
        [SCSI_DATA_OUT] = SPTI_DATA_OUT,
    };

    memset(packet, 0, sizeof(*packet));
    packet->head.length = sizeof(packet->head);
    packet->head.cdb_length = command->cdb_length;
    packet->head.sense_length = sizeof(packet->sense);
    packet->head.direction = directions[command->direction];
    packet->head.data_length = command->transfer_length;
    packet->head.timeout = seconds(command->timeout_ms);
    packet->head.data = data;
    packet->head.sense_offset = offsetof(struct spti_packet, sense);
    memcpy(packet->head.cdb, command->cdb, sizeof(packet->head.cdb));
}

/* Some drivers leave the room as it was told to them where there are no sense data. */
static void take_sense(const struct spti_packet *packet, struct scsi_result *result)
{
    const uint8_t code = packet->sense[0] & SENSE_CODE_MASK;
    const uint8_t length = packet->head.sense_length;

    if (packet->head.scsi_status != SCSI_STATUS_CHECK_CONDITION &&
        (code < SENSE_FIRST || code > SENSE_LAST))
        return;
    result->sense_length = length < SCSI_SENSE_MAX ? length : SCSI_SENSE_MAX;
    memcpy(result->sense, packet->sense, result->sense_length);
}

static int take_failure(int32_t status, struct scsi_result *result)
{
    result->os_error = status;
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        if (statuses[i].status != status)
            continue;
        result->host_status = statuses[i].host;
        return statuses[i].error;
    }
    return SCSI_TRANSPORT_FAILED;
}

int spti_packet_result(const struct spti_packet *packet, int32_t status,
                       const struct scsi_command *command, struct scsi_result *result)
{
    const uint32_t moved = packet->head.data_length;

    if (status != NT_STATUS_SUCCESS)
        return take_failure(status, result);
    result->status = packet->head.scsi_status;
    result->transferred = moved < command->transfer_length ? moved : command->transfer_length;
    take_sense(packet, result);
    return SCSI_SENT;
}

int spti_error_of(int32_t status)
{
    struct scsi_result result = {0};
    const int error = status == NT_STATUS_SUCCESS ? SCSI_SENT : take_failure(status, &result);

    return result.host_status ? SCSI_TRANSPORT_FAILED : error;
}
