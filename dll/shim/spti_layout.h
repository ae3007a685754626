/* The packets of SCSI pass-through, as <ntddscsi.h> has them for this bitness. They are written
 * anew so that tests without Windows' headers can see them; spti_layout_check.c compares the two.
 *
 * Knows neither Windows nor Wine. */
#ifndef HOLDFAST_SHIM_SPTI_LAYOUT_H
#define HOLDFAST_SHIM_SPTI_LAYOUT_H

#include "../scsi/command.h"

#include <stddef.h>

enum {
    SPTI_PASS_THROUGH = 0x0004d004,        /* IOCTL_SCSI_PASS_THROUGH */
    SPTI_PASS_THROUGH_DIRECT = 0x0004d014, /* IOCTL_SCSI_PASS_THROUGH_DIRECT */
};

/* SCSI_IOCTL_DATA_ */
enum spti_direction { SPTI_DATA_OUT, SPTI_DATA_IN, SPTI_NO_DATA };

/* SCSI_PASS_THROUGH and SCSI_PASS_THROUGH_DIRECT. They differ in what `data` is: the data's
 * distance from the packet's beginning, or their address. */
struct spti_head {
    uint16_t length; /* of this structure */
    uint8_t scsi_status;
    uint8_t path_id, target_id, lun; /* of no meaning: the handle says whom */
    uint8_t cdb_length;
    uint8_t sense_length; /* room for it, and then how much there is */
    uint8_t direction;    /* enum spti_direction */
    uint32_t data_length; /* to move, and then moved */
    uint32_t timeout;     /* seconds */
    uintptr_t data;
    uint32_t sense_offset; /* from the packet's beginning */
    uint8_t cdb[SCSI_CDB_MAX];
};

/* What is sent: the head, room for sense data, and in the buffered form the data behind them. */
struct spti_packet {
    struct spti_head head;
    uint32_t filler; /* sense data begin at a whole word in both bitnesses */
    uint8_t sense[SCSI_SENSE_MAX];
};

/* Up to the address all is in the same place in both bitnesses. */
#define SPTI_HEAD_AT(member, place) \
    _Static_assert(offsetof(struct spti_head, member) == (place), "ntddscsi.h")
#define SPTI_WIDE_OR(wide, narrow) (sizeof(void *) == 8 ? (wide) : (narrow))
SPTI_HEAD_AT(length, 0);
SPTI_HEAD_AT(scsi_status, 2);
SPTI_HEAD_AT(path_id, 3);
SPTI_HEAD_AT(target_id, 4);
SPTI_HEAD_AT(lun, 5);
SPTI_HEAD_AT(cdb_length, 6);
SPTI_HEAD_AT(sense_length, 7);
SPTI_HEAD_AT(direction, 8);
SPTI_HEAD_AT(data_length, 12);
SPTI_HEAD_AT(timeout, 16);
SPTI_HEAD_AT(data, SPTI_WIDE_OR(24, 20));
SPTI_HEAD_AT(sense_offset, SPTI_WIDE_OR(32, 24));
SPTI_HEAD_AT(cdb, SPTI_WIDE_OR(36, 28));
_Static_assert(sizeof(struct spti_head) == SPTI_WIDE_OR(56, 44), "ntddscsi.h");

#endif
