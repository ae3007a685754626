#include "work_area.h"

#include "environment.h"

enum { ALIGNMENT = 8, SMALLEST_DISK = 4 * WORK_BLOCKS };

bool work_area_first(uint64_t disk_blocks, uint32_t *first)
{
    const uint64_t reachable = disk_blocks < UINT32_MAX ? disk_blocks : UINT32_MAX;

    if (disk_blocks < SMALLEST_DISK)
        return false;
    *first = (uint32_t)(reachable / 2 / ALIGNMENT * ALIGNMENT);
    return true;
}
