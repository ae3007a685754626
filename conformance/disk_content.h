/* What is on a disk, from its own blocks: partition tables, and what file systems and other owners
 * leave at their usual places. Portable; only reads. */
#ifndef CONFORMANCE_DISK_CONTENT_H
#define CONFORMANCE_DISK_CONTENT_H

#include "environment.h"
#include "node.h"

enum content {
    CONTENT_NONE,       /* nothing that is known */
    CONTENT_PARTITIONS, /* a partition table */
    CONTENT_DATA,       /* a file system, or the label of another owner */
    CONTENT_UNREADABLE, /* the places could not be read */
};

/* `words` names what was found, "an ext2, ext3 or ext4 file system". A constant. */
enum content disk_content(struct node *node, const struct disk_identity *identity,
                          const char **words);

#endif
