/* All SCSI disks of the machine. */
#ifndef HOLDFAST_LINUX_MACHINE_DISKS_H
#define HOLDFAST_LINUX_MACHINE_DISKS_H

#include "scsi_disk.h"

/* Starts as {0}; machine_disks_free ends it. Ordered by SCSI address. */
struct machine_disks {
    struct scsi_disk *all;
    size_t count;
};

/* False without memory. */
bool machine_disks_read(const struct host *host, struct machine_disks *disks);

/* How many of them are paths to the unit of `disk`, which is one of them. */
size_t machine_disks_count_paths(const struct machine_disks *disks, const struct scsi_disk *disk);

void machine_disks_free(struct machine_disks *disks);

#endif
