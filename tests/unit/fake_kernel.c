#include "fake_kernel.h"

#include <errno.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>

struct fake_kernel fake_kernel;

int __real_ioctl(int fd, unsigned long request, void *argument);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __real_fstat(int fd, struct stat *status);
int __wrap_fstat(int fd, struct stat *status);

void fake_kernel_clear(void)
{
    memset(&fake_kernel, 0, sizeof(fake_kernel));
}

/* As the kernel does it: never more sense than the caller has room for. */
static void answer_sg_io(sg_io_hdr_t *header)
{
    size_t length =
        fake_kernel.sense_length < header->mx_sb_len ? fake_kernel.sense_length : header->mx_sb_len;

    fake_kernel.header = *header;
    memcpy(fake_kernel.cdb, header->cmdp,
           header->cmd_len < sizeof(fake_kernel.cdb) ? header->cmd_len : sizeof(fake_kernel.cdb));
    memcpy(header->sbp, fake_kernel.sense, length);
    header->sb_len_wr = (unsigned char)length;
    header->status = fake_kernel.status;
    header->host_status = fake_kernel.host_status;
    header->driver_status = fake_kernel.driver_status;
    header->resid = fake_kernel.resid;
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list arguments;
    void *argument;

    va_start(arguments, request);
    argument = va_arg(arguments, void *);
    va_end(arguments);
    fake_kernel.calls++;
    fake_kernel.fd = fd;
    fake_kernel.request = request;
    pthread_sigmask(SIG_BLOCK, NULL, &fake_kernel.blocked);
    if (!fake_kernel.answers_ioctl)
        return __real_ioctl(fd, request, argument);
    if (request == SG_SCSI_RESET)
        fake_kernel.reset_level = *(const int *)argument;
    if (fake_kernel.busy || fake_kernel.error) {
        errno = fake_kernel.busy ? EAGAIN : fake_kernel.error;
        fake_kernel.busy -= fake_kernel.busy > 0;
        return -1;
    }
    if (request == SG_IO)
        answer_sg_io(argument);
    if (request == BLKSSZGET)
        *(int *)argument = fake_kernel.sector_size;
    if (request == SG_GET_SCSI_ID)
        ((struct sg_scsi_id *)argument)->scsi_type = fake_kernel.scsi_type;
    return 0;
}

int __wrap_fstat(int fd, struct stat *status)
{
    if (!fake_kernel.answers_fstat)
        return __real_fstat(fd, status);
    memset(status, 0, sizeof(*status));
    status->st_mode = fake_kernel.mode;
    status->st_rdev = fake_kernel.device;
    status->st_ino = fake_kernel.node;
    return 0;
}
