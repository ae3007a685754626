/* One SCSI command and what came back: the vocabulary of everything above and below the waist
 * (transport.h). Pure C11: no Windows header, no Linux header. */
#ifndef HOLDFAST_SCSI_COMMAND_H
#define HOLDFAST_SCSI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SCSI_CDB_MAX = 16,
    SCSI_SENSE_MAX = 252, /* SPC-4 4.5.1: sense data is 252 bytes at most */
    SCSI_PR_OUT_PARAMETER_LENGTH = 24,
};

/* SPC-4 operation codes that Holdfast sends. */
enum scsi_opcode {
    SCSI_TEST_UNIT_READY = 0x00,
    SCSI_INQUIRY = 0x12,
    SCSI_RESERVE_6 = 0x16,
    SCSI_RELEASE_6 = 0x17,
    SCSI_READ_10 = 0x28,
    SCSI_WRITE_10 = 0x2a,
    SCSI_SYNCHRONIZE_CACHE_10 = 0x35,
    SCSI_RESERVE_10 = 0x56,
    SCSI_RELEASE_10 = 0x57,
    SCSI_PERSISTENT_RESERVE_IN = 0x5e,
    SCSI_PERSISTENT_RESERVE_OUT = 0x5f,
    SCSI_READ_16 = 0x88,
    SCSI_WRITE_16 = 0x8a,
};

enum scsi_direction { SCSI_NO_DATA, SCSI_DATA_IN, SCSI_DATA_OUT };

/* A command ready to be sent. `data` belongs to the caller and holds `transfer_length` bytes; it is
 * read for SCSI_DATA_OUT and written for SCSI_DATA_IN. */
struct scsi_command {
    uint8_t cdb[SCSI_CDB_MAX];
    uint8_t cdb_length;
    enum scsi_direction direction;
    uint32_t transfer_length; /* bytes */
    void *data;
    uint32_t timeout_ms; /* for this attempt */
};

/* What the device and the layers between said. Valid only where the transport returned SCSI_SENT;
 * `os_error` only where it did not. */
struct scsi_result {
    uint8_t status;        /* SAM status code */
    uint8_t host_status;   /* Linux' DID_* */
    uint8_t driver_status; /* Linux' DRIVER_* */
    uint8_t sense_length;
    uint8_t sense[SCSI_SENSE_MAX];
    uint32_t transferred; /* bytes that moved */
    int32_t os_error;     /* for the trace */
};

/* A result that says nothing yet. The sense bytes stay as they are: sense_length says how many
 * count, and clearing them for every attempt would cost more than all the rest. */
static inline void scsi_result_clear(struct scsi_result *result)
{
    result->status = 0;
    result->host_status = 0;
    result->driver_status = 0;
    result->sense_length = 0;
    result->transferred = 0;
    result->os_error = 0;
}

/* SAM-5 5.3.1 status codes. */
enum scsi_status {
    SCSI_STATUS_GOOD = 0x00,
    SCSI_STATUS_CHECK_CONDITION = 0x02,
    SCSI_STATUS_BUSY = 0x08,
    SCSI_STATUS_RESERVATION_CONFLICT = 0x18,
    SCSI_STATUS_TASK_SET_FULL = 0x28,
    SCSI_STATUS_ACA_ACTIVE = 0x30,
    SCSI_STATUS_TASK_ABORTED = 0x40,
};

/* CDB builders. Each fills the whole command but `data` and `timeout_ms`, which are cleared. */

/* The six- and ten-byte forms without data or parameters: TEST UNIT READY, RESERVE, RELEASE
 * (SPC-2 7.17 to 7.20, no extents, no third party), SYNCHRONIZE CACHE of all (SBC-3 5.22). */
void scsi_build_plain(struct scsi_command *command, enum scsi_opcode opcode);

/* READ or WRITE (SBC-3 5.11, 5.13, 5.32, 5.34) of whole blocks, in ten bytes where they are enough.
 */
struct scsi_extent {
    uint64_t first; /* block */
    uint32_t blocks;
    uint32_t block_size; /* bytes */
};
void scsi_build_transfer(struct scsi_command *command, bool is_write, struct scsi_extent extent);

/* SPC-4 6.4: standard data, or with a `page` other than 0 that one of vital product data. */
void scsi_build_inquiry(struct scsi_command *command, uint8_t page, uint8_t allocation_length);

/* SPC-4 6.15. `allocation_length` is the transfer length too. */
void scsi_build_pr_in(struct scsi_command *command, uint8_t service_action,
                      uint16_t allocation_length);

/* SPC-4 6.16. `scope_and_type` is CDB byte 2 as it is. */
void scsi_build_pr_out(struct scsi_command *command, uint8_t service_action,
                       uint8_t scope_and_type);

#endif
