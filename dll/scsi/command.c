#include "command.h"

#include <string.h>

static void build(struct scsi_command *command, enum scsi_opcode opcode, uint8_t cdb_length)
{
    memset(command, 0, sizeof(*command));
    command->cdb[0] = (uint8_t)opcode;
    command->cdb_length = cdb_length;
    command->direction = SCSI_NO_DATA;
}

static void put_big_endian(uint8_t *bytes, unsigned int size, uint64_t value)
{
    while (size > 0) {
        bytes[--size] = (uint8_t)value;
        value >>= 8;
    }
}

void scsi_build_transfer(struct scsi_command *command, bool is_write, struct scsi_extent extent)
{
    if (extent.blocks <= UINT16_MAX && extent.first + extent.blocks <= UINT32_MAX) {
        build(command, is_write ? SCSI_WRITE_10 : SCSI_READ_10, 10);
        put_big_endian(command->cdb + 2, 4, extent.first);
        put_big_endian(command->cdb + 7, 2, extent.blocks);
    } else {
        build(command, is_write ? SCSI_WRITE_16 : SCSI_READ_16, 16);
        put_big_endian(command->cdb + 2, 8, extent.first);
        put_big_endian(command->cdb + 10, 4, extent.blocks);
    }
    if (extent.blocks)
        command->direction = is_write ? SCSI_DATA_OUT : SCSI_DATA_IN;
    command->transfer_length = extent.blocks * extent.block_size;
}

/* SPC-4 4.2.5.1: the group code, bits 5 to 7 of the operation code, says how long the CDB is;
 * group 0 is 6 bytes, groups 1 and 2 are 10. */
void scsi_build_plain(struct scsi_command *command, enum scsi_opcode opcode)
{
    build(command, opcode, opcode < 0x20 ? 6 : 10);
}

void scsi_build_inquiry(struct scsi_command *command, uint8_t page, uint8_t allocation_length)
{
    build(command, SCSI_INQUIRY, 6);
    command->cdb[1] = page != 0; /* EVPD */
    command->cdb[2] = page;
    command->cdb[4] = allocation_length;
    command->direction = SCSI_DATA_IN;
    command->transfer_length = allocation_length;
}

void scsi_build_pr_in(struct scsi_command *command, uint8_t service_action,
                      uint16_t allocation_length)
{
    build(command, SCSI_PERSISTENT_RESERVE_IN, 10);
    command->cdb[1] = service_action;
    command->cdb[7] = (uint8_t)(allocation_length >> 8);
    command->cdb[8] = (uint8_t)allocation_length;
    command->direction = SCSI_DATA_IN;
    command->transfer_length = allocation_length;
}

void scsi_build_pr_out(struct scsi_command *command, uint8_t service_action, uint8_t scope_and_type)
{
    build(command, SCSI_PERSISTENT_RESERVE_OUT, 10);
    command->cdb[1] = service_action;
    command->cdb[2] = scope_and_type;
    command->cdb[8] = SCSI_PR_OUT_PARAMETER_LENGTH;
    command->direction = SCSI_DATA_OUT;
    command->transfer_length = SCSI_PR_OUT_PARAMETER_LENGTH;
}
