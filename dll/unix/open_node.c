#include "open_node.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>

/* Source: open(2), and Linux block/bdev.c, drivers/scsi/sd.c and sg.c on their nodes. EINVAL is our
 * own, for a path that is none. */
static const struct {
    int os_error;
    enum scsi_transport_error error;
} errors[] = {
    {ENOENT, SCSI_DEVICE_GONE},       {ENOTDIR, SCSI_DEVICE_GONE},   {ELOOP, SCSI_DEVICE_GONE},
    {ENAMETOOLONG, SCSI_DEVICE_GONE}, {EINVAL, SCSI_DEVICE_GONE},    {ENODEV, SCSI_DEVICE_GONE},
    {ENXIO, SCSI_DEVICE_GONE},        {ENOMEDIUM, SCSI_DEVICE_GONE}, {EACCES, SCSI_NOT_PERMITTED},
    {EPERM, SCSI_NOT_PERMITTED},      {EROFS, SCSI_NOT_PERMITTED},   {EISDIR, SCSI_NOT_SUPPORTED},
    {ENOTBLK, SCSI_NOT_SUPPORTED},    {ENOMEM, SCSI_NO_MEMORY},      {EMFILE, SCSI_NO_MEMORY},
    {ENFILE, SCSI_NO_MEMORY},
};

enum scsi_transport_error open_node_error(int32_t os_error)
{
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
        if (errors[i].os_error == os_error)
            return errors[i].error;
    return SCSI_TRANSPORT_FAILED;
}

static int mode_for(uint32_t access)
{
    if (!(access & OPEN_NODE_WRITE))
        return O_RDONLY;
    return access & OPEN_NODE_READ ? O_RDWR : O_WRONLY;
}

int open_node(const char *path, uint32_t access, int32_t *os_error)
{
    const bool is_absolute = path[0] == '/';
    const int fd =
        is_absolute ? open(path, mode_for(access) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;

    *os_error = fd >= 0 ? 0 : is_absolute ? errno : EINVAL;
    return fd;
}
