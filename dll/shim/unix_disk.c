/* Disks behind holdfast.so: from a handle to a Linux descriptor. */
#include "side.h"

#include "disk_map.h"
#include "disk_memory.h"
#include "unix_side.h"
#include <stdio.h>
#include <windows.h>

enum {
    FILE_SYNCHRONOUS_IO = 0x10 | 0x20, /* _ALERT and _NONALERT */
    SG_MAJOR = 21,
    SD_PARTITIONS = 16,
    LETTERS = 26,
    NO_DESCRIPTOR = (int32_t)0xc00000cb, /* Wine's STATUS_BAD_DEVICE_TYPE */
};

/* Wine refuses a descriptor to who asks for more access than the handle has, so the access is found
 * out by asking. A handle without any still stands for the disk: then the refusal is ours to
 * report. */
static int32_t open_fd(void *handle, struct disk *disk)
{
    static const uint32_t accesses[] = {FILE_READ_DATA | FILE_WRITE_DATA, FILE_READ_DATA,
                                        FILE_WRITE_DATA, 0};
    unsigned int options = 0;

    for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        int32_t status = unix_side_handle_to_fd(handle, accesses[i], &disk->fd, &options);

        if (status == NT_STATUS_ACCESS_DENIED)
            continue;
        disk->granted_access = accesses[i];
        disk->is_overlapped = !(options & FILE_SYNCHRONOUS_IO);
        return status;
    }
    return NT_STATUS_ACCESS_DENIED;
}

bool unix_disk_identify(struct disk *disk)
{
    const struct unix_side_identity identity = unix_side_identify(disk->fd);

    if (!identity.is_scsi_disk)
        return false;
    disk->sector_size = identity.sector_size;
    disk->first_sector = identity.first_sector;
    disk->is_generic = identity.is_generic;
    disk->device_major = identity.device_major;
    disk->device_minor = identity.device_minor;
    disk->wants_ten_byte =
        disk_memory_of(identity.device_major, identity.device_minor, identity.node);
    return true;
}

/* By Wine's descriptor, or by the map's where Wine says that there is none. */
static enum side_answer open_disk(void *handle, struct disk *disk)
{
    const int32_t status = open_fd(handle, disk);

    if (status == NO_DESCRIPTOR)
        return disk_map_open(handle, disk) ? SIDE_DISK : SIDE_OTHER;
    if (status != NT_STATUS_SUCCESS)
        return status == NT_STATUS_INVALID_HANDLE ? SIDE_UNKNOWN : SIDE_OTHER;
    if (unix_disk_identify(disk))
        return SIDE_DISK;
    unix_side_close(disk->fd);
    return SIDE_OTHER;
}

/* The 16 majors of sd, in the order of their disks: Linux drivers/scsi/sd.c sd_major. */
static const uint8_t sd_majors[] = {8,   65,  66,  67,  68,  69,  70,  71,
                                    128, 129, 130, 131, 132, 133, 134, 135};

static uint32_t sd_index(uint32_t device_major)
{
    for (uint32_t i = 0; i < sizeof(sd_majors); i++)
        if (sd_majors[i] == device_major)
            return i;
    return 0;
}

/* sda to sdz, sdaa, ...: bijective base 26, as the kernel counts. At most 256 disks have these
 * majors, so two letters are enough. */
static void sd_name(uint32_t index, uint32_t partition, char name[DISK_NAME_MAX])
{
    char letters[3] = {0};
    char number[4] = {0};

    if (index < LETTERS) {
        letters[0] = (char)('a' + index);
    } else {
        letters[0] = (char)('a' + index / LETTERS - 1);
        letters[1] = (char)('a' + index % LETTERS);
    }
    if (partition)
        snprintf(number, sizeof(number), "%u", partition);
    snprintf(name, DISK_NAME_MAX, "sd%s%s", letters, number);
}

static void name_disk(const struct disk *disk, char name[DISK_NAME_MAX])
{
    if (disk->fd < 0)
        snprintf(name, DISK_NAME_MAX, "none");
    else if (disk->device_major == SG_MAJOR)
        snprintf(name, DISK_NAME_MAX, "sg%u", disk->device_minor);
    else
        sd_name(sd_index(disk->device_major) * 16 + (disk->device_minor & 0xff) / SD_PARTITIONS,
                disk->device_minor % SD_PARTITIONS, name);
}

const struct side side_unix = {
    .name = "unix",
    .moves_data = true,
    .has_errno = true,
    .transport = &unix_side_transport,
    .open = open_disk,
    .close = unix_side_close,
    .name_disk = name_disk,
};
