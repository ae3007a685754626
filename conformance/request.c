#include "request.h"

#include <ntddstor/reservation.h>
#include <string.h>

/* SPC-4 and SBC-3 operation codes. */
enum {
    OPCODE_INQUIRY = 0x12,
    OPCODE_READ_10 = 0x28,
    OPCODE_WRITE_10 = 0x2a,
    OPCODE_PR_IN = 0x5e,
    OPCODE_PR_OUT = 0x5f,
};

enum { APTPL_BYTE = 20 };

uint32_t get_be32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

uint64_t get_be64(const uint8_t *bytes)
{
    return (uint64_t)get_be32(bytes) << 32 | get_be32(bytes + 4);
}

void put_be16(uint8_t *bytes, uint16_t value)
{
    bytes[0] = (uint8_t)(value >> 8);
    bytes[1] = (uint8_t)value;
}

void put_be32(uint8_t *bytes, uint32_t value)
{
    put_be16(bytes, (uint16_t)(value >> 16));
    put_be16(bytes + 2, (uint16_t)value);
}

void put_be64(uint8_t *bytes, uint64_t value)
{
    put_be32(bytes, (uint32_t)(value >> 32));
    put_be32(bytes + 4, (uint32_t)value);
}

static void put_le32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
}

struct request request_plain(uint32_t code)
{
    struct request request;

    memset(&request, 0, sizeof(request));
    request.code = code;
    request.input_flags = request.output_flags = NULL_BUFFER;
    return request;
}

void request_set_version(struct request *request, uint32_t version)
{
    put_le32(request->input, version);
}

void request_set_size(struct request *request, uint32_t size)
{
    put_le32(request->input + 4, size);
}

struct request request_pr_in(uint8_t action, uint16_t allocation_length)
{
    struct request request = request_plain(IOCTL_STORAGE_PERSISTENT_RESERVE_IN);

    request.input_flags = request.output_flags = 0;
    request.input_length = PR_COMMAND_LENGTH;
    request.output_length = allocation_length;
    request_set_version(&request, PR_COMMAND_LENGTH);
    request_set_size(&request, PR_COMMAND_LENGTH);
    request.input[8] = action;
    request.input[10] = (uint8_t)allocation_length;
    request.input[11] = (uint8_t)(allocation_length >> 8);
    return request;
}

/* The parameter list of PERSISTENT RESERVE OUT, SPC-4 6.16.3. */
static void put_parameter_list(uint8_t *list, const struct pr_out *out)
{
    put_be64(list, out->key);
    put_be64(list + 8, out->service_action_key);
    list[APTPL_BYTE] = out->aptpl;
}

struct request request_pr_out(const struct pr_out *out)
{
    struct request request = request_plain(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT);

    request.input_flags = 0;
    request.input_length = PR_OUT_LENGTH;
    request_set_version(&request, PR_COMMAND_LENGTH);
    request_set_size(&request, PR_OUT_LENGTH);
    request.input[8] = out->action;
    request.input[9] = (uint8_t)(out->scope << 4 | out->type);
    put_parameter_list(request.input + PR_PARAMETER_OFFSET, out);
    return request;
}

struct request request_break(void)
{
    struct request request = request_plain(IOCTL_STORAGE_BREAK_RESERVATION);

    request.input_flags = 0;
    request.input_length = sizeof(STORAGE_BREAK_RESERVATION_REQUEST);
    put_le32(request.input, sizeof(STORAGE_BREAK_RESERVATION_REQUEST));
    return request;
}

struct scsi_request scsi_plain(uint8_t opcode)
{
    struct scsi_request request;

    memset(&request, 0, sizeof(request));
    request.cdb_length = 6;
    request.cdb[0] = opcode;
    return request;
}

struct scsi_request scsi_pr_in(uint8_t action, uint16_t allocation_length)
{
    struct scsi_request request = scsi_plain(OPCODE_PR_IN);

    request.direction = SCSI_DATA_IN;
    request.length = allocation_length;
    request.cdb_length = 10;
    request.cdb[1] = action;
    put_be16(request.cdb + 7, allocation_length);
    return request;
}

struct scsi_request scsi_pr_out(const struct pr_out *out)
{
    struct scsi_request request = scsi_plain(OPCODE_PR_OUT);

    request.direction = SCSI_DATA_OUT;
    request.length = PR_OUT_LIST_LENGTH;
    request.cdb_length = 10;
    request.cdb[1] = out->action;
    request.cdb[2] = (uint8_t)(out->scope << 4 | out->type);
    request.cdb[8] = PR_OUT_LIST_LENGTH;
    put_parameter_list(request.data, out);
    return request;
}

struct scsi_request scsi_inquiry(uint8_t page, uint8_t length)
{
    struct scsi_request request = scsi_plain(OPCODE_INQUIRY);

    request.direction = SCSI_DATA_IN;
    request.length = length;
    request.cdb[1] = page != 0;
    request.cdb[2] = page;
    request.cdb[4] = length;
    return request;
}

static struct scsi_request one_block(uint8_t opcode, uint32_t block, uint32_t block_size)
{
    struct scsi_request request = scsi_plain(opcode);

    request.direction = opcode == OPCODE_READ_10 ? SCSI_DATA_IN : SCSI_DATA_OUT;
    request.length = block_size;
    request.cdb_length = 10;
    put_be32(request.cdb + 2, block);
    request.cdb[8] = 1;
    return request;
}

struct scsi_request scsi_read(uint32_t block, uint32_t block_size)
{
    return one_block(OPCODE_READ_10, block, block_size);
}

struct scsi_request scsi_write(uint32_t block, uint32_t block_size)
{
    return one_block(OPCODE_WRITE_10, block, block_size);
}
