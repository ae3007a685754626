/* The disk without persistent reservations (--disks debug: scsi_debug of Linux 6.1). */
#ifndef TESTS_BED_PLAIN_DISK_H
#define TESTS_BED_PLAIN_DISK_H

#include "bed.h"

/* Skips the test, saying so, where there is none. */
void need_plain_disk(const struct bed *bed);

/* Opens it anew on both nodes, in place of the shared disk. */
void open_plain_disk(struct bed *bed);

/* One request of every kind that reaches a disk; each must end with its error. PR IN and PR OUT
 * have one, all others another. */
void expect_every_request(struct bed *bed, int node, uint32_t persistent, uint32_t others);

#endif
