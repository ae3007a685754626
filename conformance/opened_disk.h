/* The way to a disk that may be tested: opened, identified, and refused where it must not be. */
#ifndef CONFORMANCE_OPENED_DISK_H
#define CONFORMANCE_OPENED_DISK_H

#include "compiler.h"
#include "environment.h"
#include "node.h"
#include "options.h"
#include "safety.h"
#include "wide.h"

struct opened_disk {
    char name[NODE_NAME_MAX];
    wchar_t wide[WIDE_MAX];
    struct node *node;
    struct disk_identity identity;
};

/* Each says on stderr what is wrong and what to do, and returns false. */

/* `name` as the user gave it. Nothing but identification is asked of the disk. */
bool opened_disk_open(struct opened_disk *disk, const char *name);

/* --serial or --naa repeat what the disk says. */
bool opened_disk_is_meant(const struct opened_disk *disk, const struct options *options);

/* safety.h's checks; what could not be checked stays in `safety`. */
bool opened_disk_is_safe(const struct opened_disk *disk, const struct options *options,
                         uint32_t platform, struct safety *safety);

void opened_disk_close(struct opened_disk *disk);

/* "holdfast-conformance: ..." on stderr. */
void complain(const char *format, ...) PRINTF_FORMAT(1, 2);

#endif
