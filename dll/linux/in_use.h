/* Whether Linux itself uses a disk. */
#ifndef HOLDFAST_LINUX_IN_USE_H
#define HOLDFAST_LINUX_IN_USE_H

#include "../command/text.h"
#include "host.h"

enum disk_use {
    USE_NONE,
    USE_HELD,   /* by device mapper, md or a loop, on which nothing is mounted */
    USE_ACTIVE, /* a mounted file system or swap, on the disk or on what is made of it */
};

/* Looks at the disk of the kernel's name `name`, its partitions, and what is made of these, however
 * often. Adds to `words` what was found: "sdb1 is mounted at /srv". What cannot be found out counts
 * as use. */
enum disk_use disk_use_find(const struct host *host, const char *name, struct text *words);

#endif
