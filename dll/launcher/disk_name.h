/* From what people call a disk to the name that CreateFileW opens. */
#ifndef HOLDFAST_LAUNCHER_DISK_NAME_H
#define HOLDFAST_LAUNCHER_DISK_NAME_H

#include "../command/text.h"

#include <stdbool.h>

/* Adds the name to `device`. Takes \\.\PhysicalDrive1, PhysicalDrive1, 1, E:, \\.\E:, \\?\...
 * and, where `wine` says that there is a Unix below, /dev/sdb and Z:\dev\sdb. False for anything
 * else, with what is wrong added to `problem`. */
bool disk_name_resolve(const char *name, bool wine, struct text *device, struct text *problem);

#endif
