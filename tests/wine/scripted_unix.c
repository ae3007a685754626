/* Stands in for sg_io.c, reset.c and identify.c in the test build of holdfast.so; entry.c above it
 * and everything on the PE side are the real ones. */
#include "scripted_unix.h"
#include "../../dll/unix/sg_io.h"
#include "../patience.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    DEVICE_PART = offsetof(struct scripted_disk, commands), /* from here on the device writes */
};

static bool load(int fd, struct scripted_disk *disk)
{
    return pread(fd, disk, sizeof(*disk), 0) == (ssize_t)sizeof(*disk) &&
           disk->magic == SCRIPTED_MAGIC;
}

/* Through a descriptor of its own, because the caller's handle may be read-only, and because the
 * lock belongs to an open file: commands come from many threads, and from several processes. */
static int lock(int fd, struct scripted_disk *disk)
{
    char path[64];
    int own;

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    own = open(path, O_RDWR | O_CLOEXEC);
    if (own < 0 || flock(own, LOCK_EX) < 0 || !load(own, disk)) {
        close(own);
        return -1;
    }
    return own;
}

static void unlock(int own, const struct scripted_disk *disk)
{
    const uint8_t *bytes = (const uint8_t *)disk;

    if (pwrite(own, bytes + DEVICE_PART, sizeof(*disk) - DEVICE_PART, DEVICE_PART) < 0)
        perror("scripted disk");
    close(own);
}

static void log_tag(struct scripted_disk *disk, uint16_t tag)
{
    if (disk->logged < SCRIPTED_LOG_LENGTH)
        disk->log[disk->logged] = tag;
    disk->logged++;
}

static uint16_t tag_of(const struct scripted_disk *disk)
{
    if (disk->cdb[0] == SCSI_PERSISTENT_RESERVE_IN)
        return (uint16_t)(disk->cdb[7] << 8 | disk->cdb[8]);
    return disk->parameter_list[0];
}

static void count_kind(struct scripted_disk *disk)
{
    for (int i = 0; i < SCRIPTED_KINDS; i++) {
        struct scripted_kind *kind = &disk->kinds[i];

        if (kind->count == 0) {
            memcpy(kind->cdb, disk->cdb, sizeof(kind->cdb));
            memcpy(kind->parameter_list, disk->parameter_list, sizeof(kind->parameter_list));
        }
        if (memcmp(kind->cdb, disk->cdb, sizeof(kind->cdb)) == 0 &&
            memcmp(kind->parameter_list, disk->parameter_list, sizeof(kind->parameter_list)) == 0) {
            kind->count++;
            return;
        }
    }
    disk->further_kinds++;
}

static void record(struct scripted_disk *disk, const struct scsi_command *command)
{
    disk->commands++;
    memcpy(disk->cdb, command->cdb, sizeof(disk->cdb));
    memset(disk->parameter_list, 0, sizeof(disk->parameter_list));
    if (command->direction == SCSI_DATA_OUT)
        memcpy(disk->parameter_list, command->data, sizeof(disk->parameter_list));
    disk->timeout_ms = command->timeout_ms;
    log_tag(disk, tag_of(disk));
    count_kind(disk);
    disk->running++;
    if (disk->running > disk->most_running)
        disk->most_running = disk->running;
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

static void sleep_ms(uint32_t milliseconds)
{
    struct timespec delay = {milliseconds / 1000, milliseconds % 1000 * 1000000L};

    nanosleep(&delay, NULL);
}

static bool is_held(int fd, uint32_t number)
{
    struct scripted_disk now;

    return load(fd, &now) && now.held && number > now.admitted;
}

/* True where the device had to be stopped waiting: the test that holds it has run out of patience
 * long before. */
static bool wait_for_end(int fd, const struct scripted_disk *disk)
{
    const unsigned give_up_ms = 2 * patience_ms();

    if (disk->delay_ms)
        sleep_ms(disk->delay_ms);
    if (disk->cdb[0] == SCSI_TEST_UNIT_READY)
        return false;
    for (uint32_t waited = 0; is_held(fd, disk->commands); waited++) {
        if (waited == give_up_ms)
            return true;
        sleep_ms(1);
    }
    return false;
}

static int execute(void *handle, const struct scsi_command *command, struct scsi_result *result)
{
    int fd = ((const struct sg_disk *)handle)->fd;
    struct scripted_disk disk, later;
    bool gave_up;
    int own = lock(fd, &disk);

    if (own < 0)
        return SCSI_TRANSPORT_FAILED;
    record(&disk, command);
    answer(&disk, command, result);
    if (!disk.delay_ms && !disk.held) {
        disk.running--;
        unlock(own, &disk);
        return (int)disk.error;
    }
    unlock(own, &disk);
    gave_up = wait_for_end(fd, &disk);
    own = lock(fd, &later);
    if (own < 0)
        return SCSI_TRANSPORT_FAILED;
    later.running--;
    later.given_up += gave_up;
    unlock(own, &later);
    return (int)disk.error;
}

static int reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    int fd = ((const struct sg_disk *)handle)->fd;
    struct scripted_disk disk;
    int own = lock(fd, &disk);

    *os_error = 0;
    if (own < 0)
        return SCSI_TRANSPORT_FAILED;
    disk.resets++;
    log_tag(&disk, (uint16_t)(SCRIPTED_RESET_TAG + level));
    unlock(own, &disk);
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
