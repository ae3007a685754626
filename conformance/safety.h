/* What a disk must not be or have for the suite to touch it. */
#ifndef CONFORMANCE_SAFETY_H
#define CONFORMANCE_SAFETY_H

#include "environment.h"
#include "node.h"

enum { SAFETY_TEXT_MAX = 640 };

struct safety {
    char refusal[SAFETY_TEXT_MAX]; /* why not, and what to do; empty: go on */
    char notes[SAFETY_TEXT_MAX];   /* what could not be checked, and what was done instead */
    uint32_t generation;           /* PRgeneration, where it could be read */
    bool generation_known;
};

/* The system's disk, mounted volumes, partitions, write protection, and with `changes` (a consent
 * was given) data that look like somebody's. `platform` is the environment's: Wine knows no volumes
 * of a disk. */
void safety_check_content(struct safety *safety, struct node *node, const wchar_t *disk_name,
                          const struct disk_identity *identity, uint32_t platform, bool changes);

/* Registrations and reservations that are there before the run: whosever they are, they are not
 * this run's. */
void safety_check_reservations(struct safety *safety, struct node *node, bool changes);

#endif
