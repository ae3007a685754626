/* Is this file descriptor a SCSI disk at all? Everything that is not goes to Wine untouched. */
#include "sg_io.h"

#include <errno.h>
#include <linux/major.h>
#include <scsi/sg.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* Only the sd driver owns these, so no ioctl is needed. Device mapper nodes would take SG_IO too,
 * but pass it to one path of several: a key registered there protects nothing. */
static const struct {
    unsigned int first, last;
} sd_majors[] = {
    {SCSI_DISK0_MAJOR, SCSI_DISK0_MAJOR},
    {SCSI_DISK1_MAJOR, SCSI_DISK7_MAJOR},
    {SCSI_DISK8_MAJOR, SCSI_DISK15_MAJOR},
};

/* SPC-4 table 149, the peripheral device types that Linux gives to sd. */
enum {
    TYPE_DIRECT_ACCESS = 0x00,
    TYPE_OPTICAL_MEMORY = 0x07,
    TYPE_SIMPLIFIED_DIRECT_ACCESS = 0x0e,
    TYPE_HOST_MANAGED_ZONED = 0x14,
};

static bool is_sd(dev_t device)
{
    for (size_t i = 0; i < sizeof(sd_majors) / sizeof(sd_majors[0]); i++)
        if (major(device) >= sd_majors[i].first && major(device) <= sd_majors[i].last)
            return true;
    return false;
}

/* A device that is gone does not tell its type any more (drivers/scsi/sg.c: ENODEV). It is taken
 * for a disk, so that the program hears that it is gone, and not that it knows no reservations. */
static bool is_sg_of_a_disk(int fd, dev_t device)
{
    struct sg_scsi_id id;

    if (major(device) != SCSI_GENERIC_MAJOR)
        return false;
    if (ioctl(fd, SG_GET_SCSI_ID, &id) < 0)
        return errno == ENODEV;
    return id.scsi_type == TYPE_DIRECT_ACCESS || id.scsi_type == TYPE_OPTICAL_MEMORY ||
           id.scsi_type == TYPE_SIMPLIFIED_DIRECT_ACCESS || id.scsi_type == TYPE_HOST_MANAGED_ZONED;
}

struct sg_disk_identity sg_io_identify(int fd)
{
    struct sg_disk_identity identity = {0};
    struct stat status;

    if (fstat(fd, &status) < 0)
        return identity;
    if (S_ISBLK(status.st_mode))
        identity.is_scsi_disk = is_sd(status.st_rdev);
    else if (S_ISCHR(status.st_mode))
        identity.is_scsi_disk = identity.is_generic = is_sg_of_a_disk(fd, status.st_rdev);
    identity.device_major = major(status.st_rdev);
    identity.device_minor = minor(status.st_rdev);
    identity.node = status.st_ino;
    return identity;
}
