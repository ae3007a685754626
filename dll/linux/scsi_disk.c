#include "scsi_disk.h"

#include <errno.h>
#include <linux/major.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_MAX = 4096, SECTOR = 512 }; /* sysfs counts in 512 bytes, whatever the disk does */

static const char *const finding_words[] = {
    [DISK_FOUND] = "is a SCSI disk",
    [DISK_ABSENT] = "is not there: see 'holdfast disk list --all' and 'lsblk'",
    [DISK_UNREADABLE] = "cannot be looked at: check the permissions of its folder",
    [DISK_NOT_A_NODE] = "is no disk: name a node such as /dev/disk/by-id/wwn-0x...",
    [DISK_PARTITION] =
        "is a partition, and reservations are of whole disks: name the disk it lies on",
    [DISK_MAPPED] = "is made of other disks or files (multipath, LVM, md, loop), and reservations "
                    "through it would reach one of them at most: name a SCSI disk",
    [DISK_NOT_SCSI] = "is not a SCSI disk, and has no SCSI reservations: see 'holdfast disk list "
                      "--all' for those that are",
    [DISK_NOT_A_DISK] = "is a SCSI device of another kind than a disk: see 'holdfast disk list "
                        "--all' for the disks",
    [DISK_WITHOUT_NODE] = "belongs to no disk that Linux knows: is the module sd_mod loaded?",
};

const char *scsi_disk_finding_words(enum disk_finding finding)
{
    return finding_words[finding];
}

/* SPC-4 table 149, the types that Linux gives to sd; as in dll/unix/identify.c. */
static bool is_type_of_a_disk(const char *type)
{
    static const char *const types[] = {"0", "7", "14", "20"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

static void read_identity(const struct host *host, const char *name, struct unit_identity *identity)
{
    uint8_t page[PAGE_MAX];
    ssize_t length;

    *identity = (struct unit_identity){0};
    length = host_read(page, sizeof(page), "%s/class/block/%s/device/vpd_pg83", host->sys, name);
    if (length > 0)
        unit_designator_from_page(identity->designator, page, (size_t)length);
    if (!identity->designator[0])
        host_read_words(identity->designator, sizeof(identity->designator),
                        "%s/class/block/%s/device/wwid", host->sys, name);
    length = host_read(page, sizeof(page), "%s/class/block/%s/device/vpd_pg80", host->sys, name);
    if (length > 0)
        unit_serial_from_page(identity->serial, page, (size_t)length);
}

/* What is none of a bus is made by the kernel out of something else. */
static enum disk_finding find_what_else(const struct host *host, const char *name)
{
    return host_has("%s/class/block/%s/device", host->sys, name) ? DISK_NOT_SCSI : DISK_MAPPED;
}

static bool read_number(const struct host *host, const char *name, struct scsi_disk *disk)
{
    char words[32];

    host_read_words(words, sizeof(words), "%s/class/block/%s/dev", host->sys, name);
    return host_parse_device(words, &disk->device_major, &disk->device_minor);
}

enum disk_finding scsi_disk_read(const struct host *host, const char *name, struct scsi_disk *disk)
{
    char words[KERNEL_NAME_MAX];

    *disk = (struct scsi_disk){0};
    if (!read_number(host, name, disk))
        return DISK_ABSENT;
    if (host_has("%s/class/block/%s/partition", host->sys, name))
        return DISK_PARTITION;
    if (!host_link_name(words, "%s/class/block/%s/device/subsystem", host->sys, name) ||
        strcmp(words, "scsi") != 0)
        return find_what_else(host, name);
    host_read_words(words, sizeof(words), "%s/class/block/%s/device/type", host->sys, name);
    if (!is_type_of_a_disk(words))
        return DISK_NOT_A_DISK;
    snprintf(disk->name, sizeof(disk->name), "%s", name);
    host_link_name(disk->address, "%s/class/block/%s/device", host->sys, name);
    host_only_name(disk->generic, "%s/class/block/%s/device/scsi_generic", host->sys, name);
    host_read_words(disk->vendor, sizeof(disk->vendor), "%s/class/block/%s/device/vendor",
                    host->sys, name);
    host_read_words(disk->model, sizeof(disk->model), "%s/class/block/%s/device/model", host->sys,
                    name);
    host_read_words(words, sizeof(words), "%s/class/block/%s/size", host->sys, name);
    disk->size = strtoull(words, NULL, 10) * SECTOR;
    read_identity(host, name, &disk->identity);
    return DISK_FOUND;
}

static enum disk_finding find_by_generic(const struct host *host, uint32_t minor,
                                         struct scsi_disk *disk)
{
    char name[KERNEL_NAME_MAX];

    if (!host_has("%s/dev/char/%d:%u", host->sys, SCSI_GENERIC_MAJOR, minor))
        return DISK_ABSENT;
    host_read_words(name, sizeof(name), "%s/dev/char/%d:%u/device/type", host->sys,
                    SCSI_GENERIC_MAJOR, minor);
    if (!is_type_of_a_disk(name))
        return DISK_NOT_A_DISK;
    if (!host_only_name(name, "%s/dev/char/%d:%u/device/block", host->sys, SCSI_GENERIC_MAJOR,
                        minor))
        return DISK_WITHOUT_NODE;
    return scsi_disk_read(host, name, disk);
}

enum disk_finding scsi_disk_find(const struct host *host, const char *path, struct scsi_disk *disk)
{
    char name[KERNEL_NAME_MAX];
    struct node node;
    const int error = host->look(path, &node);

    if (error)
        return error == EACCES || error == EPERM ? DISK_UNREADABLE : DISK_ABSENT;
    if (node.is_character && node.device_major == SCSI_GENERIC_MAJOR)
        return find_by_generic(host, node.device_minor, disk);
    if (!node.is_block)
        return DISK_NOT_A_NODE;
    /* A node that was left behind by a device that is no more. */
    if (!host_link_name(name, "%s/dev/block/%u:%u", host->sys, node.device_major,
                        node.device_minor))
        return DISK_ABSENT;
    return scsi_disk_read(host, name, disk);
}

bool scsi_disk_is_same_unit(const struct scsi_disk *one, const struct scsi_disk *other)
{
    if (strcmp(one->name, other->name) == 0)
        return true;
    const bool same_model =
        strcmp(one->vendor, other->vendor) == 0 && strcmp(one->model, other->model) == 0;
    return unit_is_same(&one->identity, &other->identity, same_model);
}

/* Whole numbers of the largest unit that leaves at least two of it. */
void scsi_disk_add_size(struct text *text, uint64_t bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    size_t unit = 0;

    while (unit + 1 < sizeof(units) / sizeof(units[0]) && bytes >= 2048) {
        bytes /= 1024;
        unit++;
    }
    text_add(text, "%u %s", (unsigned int)bytes, units[unit]);
}

void scsi_disk_describe(struct text *text, const struct scsi_disk *disk)
{
    text_add(text, "%s %s, ", disk->vendor, disk->model);
    scsi_disk_add_size(text, disk->size);
}
