/* The disks that have a name in a prefix. */
#ifndef HOLDFAST_LINUX_PREFIX_DISKS_H
#define HOLDFAST_LINUX_PREFIX_DISKS_H

#include "names.h"
#include "prefix.h"
#include "scsi_disk.h"

struct prefix_disk {
    struct disk_name name;
    char path[PATH_MAX];   /* as the link or the map says it */
    char target[PATH_MAX]; /* the same, absolute */
    enum disk_finding finding;
    struct scsi_disk disk; /* with DISK_FOUND */
};

/* Starts as {0}; prefix_disks_free ends it. By kind of name, and in order. */
struct prefix_disks {
    struct prefix_disk *all;
    size_t count;
};

/* False with `problem`, and then some may be missing in `disks`. */
bool prefix_disks_read(const struct host *host, const struct prefix *prefix,
                       struct prefix_disks *disks, struct text *problem);

/* NULL where the prefix has no such name. Object names are compared as Windows does, without case.
 */
const struct prefix_disk *prefix_disks_find(const struct prefix_disks *disks,
                                            const struct disk_name *name);

/* Another name than `name` for the unit of `disk`, or NULL. */
const struct prefix_disk *prefix_disks_find_unit(const struct prefix_disks *disks,
                                                 const struct scsi_disk *disk,
                                                 const struct disk_name *name);

void prefix_disks_free(struct prefix_disks *disks);

#endif
