/* Stands in for sg_io.c, reset.c and identify.c in the test build of holdfast.so; entry.c above it
 * and everything on the PE side are the real ones. */
#include "scripted_unix.h"
#include "../../dll/unix/sg_io.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool load(int fd, struct scripted_disk *disk)
{
    return pread(fd, disk, sizeof(*disk), 0) == (ssize_t)sizeof(*disk) &&
           disk->magic == SCRIPTED_MAGIC;
}

/* Through a descriptor of its own, because the caller's handle may be read-only. */
static void save(int fd, const struct scripted_disk *disk)
{
    char path[64];
    int writable;

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    writable = open(path, O_WRONLY | O_CLOEXEC);
    if (writable < 0 || pwrite(writable, disk, sizeof(*disk), 0) != (ssize_t)sizeof(*disk))
        perror("scripted disk");
    close(writable);
}

static void answer(const struct scripted_disk *disk, const struct scsi_command *command,
                   struct scsi_result *result)
{
    if (disk->commands <= disk->failures) {
        result->status = disk->status;
        result->host_status = disk->host_status;
        result->sense_length = disk->sense_length;
        memcpy(result->sense, disk->sense, sizeof(disk->sense));
    }
    result->transferred = disk->transferred;
    /* All of the buffer, so that a test sees what of it reaches the caller. */
    if (command->direction == SCSI_DATA_IN)
        for (uint32_t i = 0; i < command->transfer_length; i++)
            ((uint8_t *)command->data)[i] = disk->data[i % sizeof(disk->data)];
}

static int execute(void *handle, const struct scsi_command *command, struct scsi_result *result)
{
    int fd = ((const struct sg_disk *)handle)->fd;
    struct scripted_disk disk;

    if (!load(fd, &disk))
        return SCSI_TRANSPORT_FAILED;
    disk.commands++;
    memcpy(disk.cdb, command->cdb, sizeof(disk.cdb));
    disk.timeout_ms = command->timeout_ms;
    if (command->direction == SCSI_DATA_OUT)
        memcpy(disk.parameter_list, command->data, sizeof(disk.parameter_list));
    save(fd, &disk);
    if (disk.delay_ms) {
        struct timespec delay = {disk.delay_ms / 1000, disk.delay_ms % 1000 * 1000000L};

        nanosleep(&delay, NULL);
    }
    answer(&disk, command, result);
    return (int)disk.error;
}

static int reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    int fd = ((const struct sg_disk *)handle)->fd;
    struct scripted_disk disk;

    (void)level;
    *os_error = 0;
    if (!load(fd, &disk))
        return SCSI_TRANSPORT_FAILED;
    disk.resets++;
    save(fd, &disk);
    return (int)disk.error;
}

const struct scsi_transport sg_io_transport = {execute, reset};

struct sg_disk_identity sg_io_identify(int fd)
{
    struct sg_disk_identity identity = {0};
    struct scripted_disk disk;
    struct stat status;

    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || !load(fd, &disk))
        return identity;
    identity.is_scsi_disk = true;
    identity.device_major = 8;
    identity.node = status.st_ino;
    return identity;
}
