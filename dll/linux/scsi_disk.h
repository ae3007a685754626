/* A SCSI disk of this machine, as sysfs knows it. No command is sent, no node is opened. */
#ifndef HOLDFAST_LINUX_SCSI_DISK_H
#define HOLDFAST_LINUX_SCSI_DISK_H

#include "../command/text.h"
#include "host.h"
#include "unit_identity.h"

struct scsi_disk {
    char name[KERNEL_NAME_MAX];    /* "sdb" */
    char generic[KERNEL_NAME_MAX]; /* "sg1"; empty without the sg driver */
    char address[KERNEL_NAME_MAX]; /* host:channel:target:unit */
    char vendor[16], model[24];    /* without their padding */
    uint32_t device_major, device_minor;
    uint64_t size; /* bytes */
    struct unit_identity identity;
};

/* What a path leads to. */
enum disk_finding {
    DISK_FOUND,
    DISK_ABSENT,     /* no such node */
    DISK_UNREADABLE, /* it cannot be looked at */
    DISK_NOT_A_NODE, /* a file, a folder, a terminal */
    DISK_PARTITION,
    DISK_MAPPED,      /* device mapper, md, loop: made of other disks or files */
    DISK_NOT_SCSI,    /* another bus */
    DISK_NOT_A_DISK,  /* SCSI, and a tape, a CD-ROM drive or the like */
    DISK_WITHOUT_NODE /* an sg node whose disk the sd driver does not have */
};

/* Fills `disk` where DISK_FOUND is returned. A /dev/sgN finds the disk that it belongs to. */
enum disk_finding scsi_disk_find(const struct host *host, const char *path, struct scsi_disk *disk);

/* The same by the kernel's name, "sdb". */
enum disk_finding scsi_disk_read(const struct host *host, const char *name, struct scsi_disk *disk);

/* "is a partition", and what to do; for every finding but DISK_FOUND. */
const char *scsi_disk_finding_words(enum disk_finding finding);

/* Another path to the unit of the first counts as the same. */
bool scsi_disk_is_same_unit(const struct scsi_disk *one, const struct scsi_disk *other);

/* "LIO-ORG shared, 16 MiB" */
void scsi_disk_describe(struct text *text, const struct scsi_disk *disk);
void scsi_disk_add_size(struct text *text, uint64_t bytes);

#endif
