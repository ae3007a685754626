/* Brings the unit back to where it was before a run: only what the run itself has made is undone.
 * Safe to repeat. Portable. */
#ifndef CONFORMANCE_CLEAN_UP_H
#define CONFORMANCE_CLEAN_UP_H

#include "journal.h"
#include "node.h"

#include <stdio.h>

enum { CLEAN_UP_NODES = 2, CLEAN_UP_TEXT_MAX = 256 };

struct clean_up {
    struct node *nodes[CLEAN_UP_NODES];   /* the second may be NULL */
    const struct journal *journal;        /* what may have been changed */
    FILE *says;                           /* a line for each thing done; NULL: nobody listens */
    char left[CLEAN_UP_TEXT_MAX];         /* what is still there; empty: nothing */
    unsigned released, removed, restored; /* reservations by RESERVE, keys, blocks */
    uint32_t generation;                  /* PRgeneration afterwards, where it is known */
    bool generation_known;
};

/* True when the unit has none of the run's keys and reservations and the saved blocks are back,
 * all of it read back from the disk. Keys that are not the run's are left alone, and so are the
 * blocks of a disk that others use by now. */
bool clean_up_run(struct clean_up *clean_up);

#endif
