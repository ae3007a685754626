/* Sense data, decoded (SPC-4 4.5). */
#ifndef HOLDFAST_SCSI_SENSE_H
#define HOLDFAST_SCSI_SENSE_H

#include <stdbool.h>
#include <stdint.h>

/* SPC-4 table 43. */
enum scsi_sense_key {
    SCSI_NO_SENSE = 0x0,
    SCSI_RECOVERED_ERROR = 0x1,
    SCSI_NOT_READY = 0x2,
    SCSI_MEDIUM_ERROR = 0x3,
    SCSI_HARDWARE_ERROR = 0x4,
    SCSI_ILLEGAL_REQUEST = 0x5,
    SCSI_UNIT_ATTENTION = 0x6,
    SCSI_DATA_PROTECT = 0x7,
    SCSI_BLANK_CHECK = 0x8,
    SCSI_VENDOR_SPECIFIC = 0x9,
    SCSI_COPY_ABORTED = 0xa,
    SCSI_ABORTED_COMMAND = 0xb,
    SCSI_EQUAL = 0xc,
    SCSI_VOLUME_OVERFLOW = 0xd,
    SCSI_MISCOMPARE = 0xe,
    SCSI_COMPLETED = 0xf,
};

struct scsi_sense {
    bool valid; /* a sense key could be read; all else is 0 where not */
    uint8_t key;
    uint8_t asc;
    uint8_t ascq;
    bool incorrect_length; /* ILI */
};

/* Decodes `length` bytes as they came from the device. Descriptor format where the response code
 * says so (72h, 73h), fixed format otherwise, as Windows does. What is cut off reads as 0. */
struct scsi_sense scsi_decode_sense(const uint8_t *bytes, uint32_t length);

#endif
