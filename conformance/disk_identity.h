/* Which disk a node's name stands for. */
#ifndef CONFORMANCE_DISK_IDENTITY_H
#define CONFORMANCE_DISK_IDENTITY_H

#include "environment.h"
#include "node.h"

#include <stddef.h>

/* What the disk says of itself, by SCSI pass-through where that works, else by the system's storage
 * properties. What it does not say stays empty; false where nothing at all answers. */
bool disk_identity_read(struct node *node, struct disk_identity *identity);

/* The disk is write-protected (MODE SENSE, else IOCTL_DISK_IS_WRITABLE). */
bool disk_is_read_only(struct node *node);

/* A serial number and a designator that a user has repeated; NULL where not given. The designator
 * may begin with "0x" or "naa.", and its letters' case does not matter. False where one of those
 * that are given differs, or none is. */
bool disk_identity_is(const struct disk_identity *identity, const char *serial, const char *naa);

/* The same logical unit by its own word: equal designators of page 83h. */
bool disk_identity_same_unit(const struct disk_identity *a, const struct disk_identity *b);

enum { IDENTITY_TEXT_MAX = 256 };

/* The kind of bus, where the system tells: "iSCSI". */
void disk_adapter(struct node *node, char *text, size_t size);

/* "LIO-ORG shared 4.0, serial holdfast-bed-0001, NAA 6001405..., 16.0 MiB" */
void disk_identity_text(const struct disk_identity *identity, char text[IDENTITY_TEXT_MAX]);

#endif
