#include "sg_io.h"

#include "reset.h"
#include <errno.h>
#include <pthread.h>
#include <scsi/sg.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>

static const int directions[] = {
    [SCSI_NO_DATA] = SG_DXFER_NONE,
    [SCSI_DATA_IN] = SG_DXFER_FROM_DEV,
    [SCSI_DATA_OUT] = SG_DXFER_TO_DEV,
};

enum scsi_transport_error sg_io_transport_error(int os_error)
{
    switch (os_error) {
    case EPERM:
    case EACCES:
        return SCSI_NOT_PERMITTED;
    case ENODEV:
    case ENXIO:
        return SCSI_DEVICE_GONE;
    case ENOTTY:
    case EINVAL:
    case EOPNOTSUPP:
        return SCSI_NOT_SUPPORTED;
    case ENOMEM:
        return SCSI_NO_MEMORY;
    case EFAULT:
        return SCSI_BAD_ADDRESS;
    default:
        return SCSI_TRANSPORT_FAILED;
    }
}

static int send_header(int fd, sg_io_hdr_t *header)
{
    return ioctl(fd, SG_IO, header) < 0 ? errno : 0;
}

/* The sg driver waits interruptibly (drivers/scsi/sg.c sg_ioctl), and Wine's signal handlers
 * restart what they interrupt (SA_RESTART): a signal at the wrong moment would send the command a
 * second time. The block layer waits uninterruptibly (block/blk-mq.c blk_execute_rq). */
static int send_header_without_signals(int fd, sg_io_hdr_t *header)
{
    sigset_t all, before;
    int error;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    error = send_header(fd, header);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

static uint32_t bytes_moved(const sg_io_hdr_t *header)
{
    if (header->resid <= 0)
        return header->dxfer_len;
    if ((unsigned int)header->resid >= header->dxfer_len)
        return 0;
    return header->dxfer_len - (unsigned int)header->resid;
}

static int execute(void *handle, const struct scsi_command *command, struct scsi_result *result)
{
    const struct sg_disk *disk = handle;
    sg_io_hdr_t header = {
        .interface_id = 'S',
        .dxfer_direction = directions[command->direction],
        .cmd_len = command->cdb_length,
        .mx_sb_len = SCSI_SENSE_MAX,
        .dxfer_len = command->transfer_length,
        .dxferp = command->data,
        .cmdp = (unsigned char *)command->cdb, /* only read; the kernel's header has no const */
        .sbp = result->sense,
        .timeout = command->timeout_ms,
    };

    result->os_error = disk->is_generic ? send_header_without_signals(disk->fd, &header)
                                        : send_header(disk->fd, &header);
    if (result->os_error)
        return sg_io_transport_error(result->os_error);
    result->status = header.status;
    result->host_status = (uint8_t)header.host_status;
    result->driver_status = (uint8_t)header.driver_status;
    result->sense_length = header.sb_len_wr;
    result->transferred = bytes_moved(&header);
    return SCSI_SENT;
}

const struct scsi_transport sg_io_transport = {execute, sg_reset};
