/* What `disk list` tells, gathered and then written in one of two ways. */
#ifndef HOLDFAST_LINUX_LISTING_H
#define HOLDFAST_LINUX_LISTING_H

#include "access.h"
#include "machine_disks.h"
#include "prefix_disks.h"
#include "reservation_state.h"

struct listed_disk {
    const struct prefix_disk *named; /* NULL: a disk of the machine without a name here */
    enum disk_finding finding;
    struct scsi_disk disk;     /* with DISK_FOUND */
    char node[PATH_MAX];       /* /dev/sdb */
    char generic[PATH_MAX];    /* /dev/sg1, or empty */
    char stable[PATH_MAX];     /* of a disk without a name: what to add it by */
    struct node_access access; /* through the name; without one, through the node */
    struct node_access generic_access;
    bool is_asked; /* then: */
    struct reservation_state state;
};

/* Starts as {0}; listing_free ends it. */
struct listing {
    const char *prefix;
    struct prefix_disks named;
    struct listed_disk *all;
    size_t count;
    bool raw_io;
};

/* False with `problem`. With `all`, also the machine's disks that have no name in the prefix. */
bool listing_gather(const struct host *host, const struct prefix *prefix, bool all,
                    struct listing *listing, struct text *problem);

void listing_add_words(struct text *text, const struct listing *listing);
void listing_add_json(struct text *text, const struct listing *listing);

void listing_free(struct listing *listing);

#endif
