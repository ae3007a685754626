#include "reset.h"

#include "sg_io.h"
#include <errno.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <time.h>

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

/* Wine's descriptors have O_NONBLOCK, and with that Linux answers EAGAIN while the host is
 * recovering or another reset is under way (scsi_ioctl_block_when_processing_errors); without, it
 * would wait. So we wait, for as long as a host's recovery usually takes. */
enum { WAIT_MS = 10, WAITS_MAX = 3000 };

static int reset_when_possible(int fd, int argument)
{
    const struct timespec pause = {.tv_nsec = WAIT_MS * 1000000};

    for (int i = 0;; i++) {
        if (ioctl(fd, SG_SCSI_RESET, &argument) == 0)
            return 0;
        if (errno != EAGAIN || i == WAITS_MAX)
            return errno;
        nanosleep(&pause, NULL);
    }
}

int sg_reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    const struct sg_disk *disk = handle;

    *os_error = reset_when_possible(disk->fd, levels[level] | RESET_NO_ESCALATE);
    return *os_error ? sg_io_transport_error(*os_error) : SCSI_SENT;
}
