#include "judge.h"

#include "../scsi/sense.h"
#include "../scsi/transport.h"

enum {
    ANY = -1,     /* every ASC, or every ASCQ */
    AT_ONCE = 0,  /* Windows asks for this after a unit attention; semantics 3 */
    NORMAL = 500, /* the class driver's "0", which its timer makes half a second */
    SECONDS = 1000,
};

/* The fields of a verdict. A delay behind a DONE row counts only where a RESERVE(6) or RELEASE(6)
 * is sent once more in its ten-byte form. */
#define DONE(status)                      \
    {                                     \
        NT_STATUS_##status, false, NORMAL \
    }
#define DONE_AFTER(status, delay)        \
    {                                    \
        NT_STATUS_##status, false, delay \
    }
#define AGAIN(status, delay)            \
    {                                   \
        NT_STATUS_##status, true, delay \
    }

/* windows-behaviour 4.3, for a fixed disk. The first row that fits decides, so within a key the
 * particular stand before the general; every key ends with a row for all the rest. */
static const struct reservation_sense_rule sense_table[] = {
    {SCSI_NO_SENSE, ANY, ANY, AGAIN(IO_DEVICE_ERROR, NORMAL)},
    {SCSI_RECOVERED_ERROR, ANY, ANY, DONE(SUCCESS)},

    {SCSI_NOT_READY, 0x04, 0x00, DONE(DEVICE_NOT_READY)},                /* cause not reportable */
    {SCSI_NOT_READY, 0x04, 0x01, AGAIN(DEVICE_NOT_READY, 10 * SECONDS)}, /* becoming ready */
    {SCSI_NOT_READY, 0x04, 0x03, DONE(NO_MEDIA_IN_DEVICE)}, /* manual intervention required */
    {SCSI_NOT_READY, 0x04, 0x04, DONE(DEVICE_NOT_READY)},   /* format in progress */
    {SCSI_NOT_READY, 0x04, 0x07, AGAIN(DEVICE_NOT_READY, 10 * SECONDS)}, /* in progress */
    {SCSI_NOT_READY, 0x04, 0x08, DONE(DEVICE_NOT_READY)},     /* long write in progress */
    {SCSI_NOT_READY, 0x04, 0x14, AGAIN(RETRY, 10 * SECONDS)}, /* space allocation in progress */
    {SCSI_NOT_READY, 0x3a, ANY, DONE(NO_MEDIA_IN_DEVICE)},
    {SCSI_NOT_READY, ANY, ANY, AGAIN(DEVICE_NOT_READY, NORMAL)},

    {SCSI_MEDIUM_ERROR, 0x30, 0x01, DONE(UNRECOGNIZED_MEDIA)},
    {SCSI_MEDIUM_ERROR, 0x30, 0x03, DONE(CLEANER_CARTRIDGE_INSTALLED)},
    {SCSI_MEDIUM_ERROR, ANY, ANY, DONE(DEVICE_DATA_ERROR)},

    {SCSI_HARDWARE_ERROR, 0x08, 0x03, AGAIN(DEVICE_HARDWARE_ERROR, 1 * SECONDS)}, /* CRC */
    {SCSI_HARDWARE_ERROR, ANY, ANY, DONE(DEVICE_HARDWARE_ERROR)},

    {SCSI_ILLEGAL_REQUEST, 0x08, 0x04, DONE(DEVICE_UNREACHABLE)},
    {SCSI_ILLEGAL_REQUEST, 0x0d, 0x04, DONE(DATA_OVERRUN)},
    {SCSI_ILLEGAL_REQUEST, 0x1a, ANY, DONE(DATA_OVERRUN)}, /* parameter list length error */
    {SCSI_ILLEGAL_REQUEST, 0x21, ANY, DONE(NONEXISTENT_SECTOR)},
    {SCSI_ILLEGAL_REQUEST, 0x23, ANY, DONE(INVALID_TOKEN)},
    {SCSI_ILLEGAL_REQUEST, 0x24, ANY, DONE_AFTER(INVALID_DEVICE_REQUEST, 3 * SECONDS)},
    {SCSI_ILLEGAL_REQUEST, 0x25, ANY, DONE(NO_SUCH_DEVICE)}, /* logical unit not supported */
    /* Meant for offload commands, but Windows does not look at the operation code: a RELEASE with
     * the wrong scope or type ends here. */
    {SCSI_ILLEGAL_REQUEST, 0x26, 0x04, DONE(INVALID_OFFSET_ALIGNMENT)},
    {SCSI_ILLEGAL_REQUEST, 0x26, 0x08, DONE(TOO_MANY_SEGMENT_DESCRIPTORS)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, 0x00, DONE(CSS_AUTHENTICATION_FAILURE)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, 0x01, DONE(CSS_KEY_NOT_PRESENT)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, 0x02, DONE(CSS_KEY_NOT_ESTABLISHED)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, 0x03, DONE(CSS_SCRAMBLED_SECTOR)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, 0x04, DONE(CSS_REGION_MISMATCH)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, 0x05, DONE(CSS_RESETS_EXHAUSTED)},
    {SCSI_ILLEGAL_REQUEST, 0x6f, ANY, DONE(COPY_PROTECTION_FAILURE)},
    {SCSI_ILLEGAL_REQUEST, ANY, ANY, DONE(INVALID_DEVICE_REQUEST)},

    {SCSI_UNIT_ATTENTION, 0x2a, 0x09, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)}, /* capacity */
    {SCSI_UNIT_ATTENTION, 0x38, 0x07, AGAIN(IO_DEVICE_ERROR, AT_ONCE)},     /* thin provisioning */
    {SCSI_UNIT_ATTENTION, 0x38, ANY, DONE(IO_DEVICE_ERROR)},
    {SCSI_UNIT_ATTENTION, 0x3f, 0x01, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)}, /* microcode */
    {SCSI_UNIT_ATTENTION, 0x3f, ANY, AGAIN(IO_DEVICE_ERROR, 5 * SECONDS)},
    {SCSI_UNIT_ATTENTION, ANY, ANY, AGAIN(IO_DEVICE_ERROR, AT_ONCE)},

    {SCSI_DATA_PROTECT, 0x27, 0x07, DONE(DISK_RESOURCES_EXHAUSTED)},
    {SCSI_DATA_PROTECT, 0x27, ANY, DONE(IO_DEVICE_ERROR)},
    {SCSI_DATA_PROTECT, ANY, ANY, DONE(ACCESS_DENIED)},

    {SCSI_BLANK_CHECK, ANY, ANY, DONE(NO_DATA_DETECTED)},
    {SCSI_COPY_ABORTED, 0x0d, 0x04, DONE(SUCCESS)},
    {SCSI_ABORTED_COMMAND, ANY, ANY, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)},
    {ANY, ANY, ANY, AGAIN(IO_DEVICE_ERROR, NORMAL)},
};

/* semantics 2: what Linux' layers add to the device's own answer. The numbers are the kernel's,
 * include/scsi/scsi_status.h; codes not listed take the last row. */
static const struct code_row {
    int16_t code;
    struct reservation_verdict verdict;
} host_table[] = {
    {0x01, DONE(DEVICE_NOT_CONNECTED)},          /* DID_NO_CONNECT */
    {0x03, AGAIN(IO_TIMEOUT, 1 * SECONDS)},      /* DID_TIME_OUT */
    {0x04, DONE(NO_SUCH_DEVICE)},                /* DID_BAD_TARGET */
    {0x05, AGAIN(IO_TIMEOUT, 1 * SECONDS)},      /* DID_ABORT */
    {0x06, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)}, /* DID_PARITY */
    {0x0e, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)}, /* DID_TRANSPORT_DISRUPTED */
    {0x0f, DONE(DEVICE_NOT_CONNECTED)},          /* DID_TRANSPORT_FAILFAST */
    {0x10, DONE(NO_SUCH_DEVICE)},                /* DID_TARGET_FAILURE */
    {0x14, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)}, /* DID_TRANSPORT_MARGINAL */
    {ANY, AGAIN(IO_DEVICE_ERROR, NORMAL)},
};

/* windows-behaviour 4.4, the rows of SRB status ERROR: a status without usable sense. */
static const struct code_row status_table[] = {
    {SCSI_STATUS_GOOD, AGAIN(IO_DEVICE_ERROR, 1 * SECONDS)}, /* driver trouble, see below */
    {SCSI_STATUS_BUSY, AGAIN(DEVICE_NOT_READY, NORMAL)},
    {ANY, AGAIN(IO_DEVICE_ERROR, NORMAL)},
};

/* Kernels before 5.14 still have a driver byte; include/scsi/scsi.h of those. */
enum {
    HOST_OK = 0x00,
    HOST_NEXUS_FAILURE = 0x11,
    DRIVER_OK = 0x00,
    DRIVER_TIMEOUT = 0x06,
    DRIVER_SENSE = 0x08,
    DRIVER_MASK = 0x0f,
};

static const struct reservation_verdict driver_timeout = AGAIN(IO_TIMEOUT, 1 * SECONDS);
static const struct reservation_verdict success = DONE(SUCCESS);
static const struct reservation_verdict conflict = DONE(DEVICE_BUSY);
static const struct reservation_verdict incorrect_length = DONE(INVALID_BLOCK_LENGTH);

const struct reservation_sense_rule *reservation_sense_rule(size_t index)
{
    return index < sizeof(sense_table) / sizeof(sense_table[0]) ? &sense_table[index] : NULL;
}

static bool matches(int wanted, int value)
{
    return wanted == ANY || wanted == value;
}

static struct reservation_verdict judge_sense(const struct scsi_sense *sense)
{
    const struct reservation_sense_rule *row = sense_table;

    if (sense->incorrect_length && sense->key <= SCSI_RECOVERED_ERROR)
        return incorrect_length;
    while (!(matches(row->key, sense->key) && matches(row->asc, sense->asc) &&
             matches(row->ascq, sense->ascq)))
        row++;
    return row->verdict;
}

static struct reservation_verdict judge_code(const struct code_row *row, int code)
{
    while (!matches(row->code, code))
        row++;
    return row->verdict;
}

struct reservation_verdict reservation_judge(const struct scsi_result *result)
{
    int driver = result->driver_status & DRIVER_MASK;
    bool driver_ok = driver == DRIVER_OK || driver == DRIVER_SENSE;
    bool complete =
        result->host_status == HOST_OK && driver_ok && result->status == SCSI_STATUS_GOOD;
    struct scsi_sense sense;

    if (result->status == SCSI_STATUS_RESERVATION_CONFLICT ||
        result->host_status == HOST_NEXUS_FAILURE)
        return conflict;
    sense = scsi_decode_sense(result->sense, result->sense_length);
    if (complete && (!sense.valid || sense.key == SCSI_NO_SENSE))
        return success;
    if (sense.valid)
        return judge_sense(&sense);
    if (result->host_status != HOST_OK)
        return judge_code(host_table, result->host_status);
    if (driver == DRIVER_TIMEOUT)
        return driver_timeout;
    return judge_code(status_table, result->status);
}

/* semantics 2, the rows of a failed ioctl. */
static const int32_t transport_errors[] = {
    [SCSI_NOT_PERMITTED] = NT_STATUS_ACCESS_DENIED,
    [SCSI_DEVICE_GONE] = NT_STATUS_DEVICE_DOES_NOT_EXIST,
    [SCSI_NOT_SUPPORTED] = NT_STATUS_INVALID_DEVICE_REQUEST,
    [SCSI_NO_RESETS] = NT_STATUS_INVALID_DEVICE_REQUEST,
    [SCSI_NO_MEMORY] = NT_STATUS_INSUFFICIENT_RESOURCES,
    [SCSI_BAD_ADDRESS] = NT_STATUS_ACCESS_VIOLATION,
    [SCSI_TRANSPORT_FAILED] = NT_STATUS_IO_DEVICE_ERROR,
};

int32_t reservation_judge_transport_error(int error)
{
    if (error <= SCSI_SENT || (size_t)error >= sizeof(transport_errors) / sizeof(int32_t))
        return NT_STATUS_IO_DEVICE_ERROR;
    return transport_errors[error];
}
