/* Where data cases may write: WORK_BLOCKS blocks in the middle of the disk, far from the tables at
 * its ends. Both sides of a run with a peer compute it, so neither has to believe the other. */
#ifndef CONFORMANCE_WORK_AREA_H
#define CONFORMANCE_WORK_AREA_H

#include <stdbool.h>
#include <stdint.h>

/* The first of the blocks; READ(10) can address them. False where the disk is too small. */
bool work_area_first(uint64_t disk_blocks, uint32_t *first);

#endif
