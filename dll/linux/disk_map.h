/* The disks of Wine's own devices: HKLM\Software\Holdfast\Disks in a prefix's registry, where the
 * name of a value is that of an object, and its text the Linux path. The shim reads it
 * (shim/disk_map.c). */
#ifndef HOLDFAST_LINUX_DISK_MAP_H
#define HOLDFAST_LINUX_DISK_MAP_H

#include "prefix.h"

/* Called for each entry; both are only there during the call. */
typedef void (*disk_map_visitor)(void *context, const char *object, const char *path);

/* Reads the map from the prefix's file, or, where that may lack what disk_map_write has changed a
 * moment ago, from the wineserver that knows it. False with `problem` where it cannot be
 * read; a prefix without a map has no entries. */
bool disk_map_read(const struct prefix *prefix, disk_map_visitor visit, void *context,
                   struct text *problem);

/* Sets an entry, or with a `path` of NULL removes it, through Wine's own reg.exe, which finds the
 * prefix as prefix_find did. */
bool disk_map_write(const struct prefix *prefix, const char *object, const char *path,
                    struct text *problem);

/* The file's way, for the tests. */
bool disk_map_read_file(const char *path, disk_map_visitor visit, void *context);

#endif
