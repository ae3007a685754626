#include "reset.h"

#include "sg_io.h"
#include <errno.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>

/* The C library's <scsi/sg.h> stops at SG_SCSI_RESET_HOST; these are the kernel's,
 * include/scsi/sg.h. */
enum {
    RESET_DEVICE = 1,
    RESET_BUS = 2,
    RESET_TARGET = 4,
    RESET_NO_ESCALATE = 0x100,
};

static const int levels[] = {
    [SCSI_RESET_LOGICAL_UNIT] = RESET_DEVICE,
    [SCSI_RESET_TARGET] = RESET_TARGET,
    [SCSI_RESET_BUS] = RESET_BUS,
};

int sg_reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    const struct sg_disk *disk = handle;
    int argument = levels[level] | RESET_NO_ESCALATE;

    *os_error = ioctl(disk->fd, SG_SCSI_RESET, &argument) < 0 ? errno : 0;
    return *os_error ? sg_io_transport_error(*os_error) : SCSI_SENT;
}
