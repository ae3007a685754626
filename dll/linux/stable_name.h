/* Names of disk nodes that stay the same when the kernel numbers the disks anew. */
#ifndef HOLDFAST_LINUX_STABLE_NAME_H
#define HOLDFAST_LINUX_STABLE_NAME_H

#include "host.h"

#include <limits.h>

/* How a path will fare when disks come and go. */
enum stability {
    NAME_STAYS, /* made by udev or by hand for this disk */
    NAME_MOVES, /* the kernel's: /dev/sdb, /dev/sg1, /dev/block/8:16 */
};

enum stability stable_name_judge(const struct host *host, const char *path);

/* Finds the best name below /dev/holdfast and /dev/disk that leads to the same node as `path`. With
 * `several_paths`, where by-id names may lead to the other path of the unit tomorrow, by-path ones
 * come first. False where there is none. */
bool stable_name_find(const struct host *host, const char *path, bool several_paths,
                      char found[PATH_MAX]);

#endif
