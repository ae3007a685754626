/* The map of disks in the registry, from the test's side. Its one entry is most often of C:. */
#ifndef HOLDFAST_TESTS_WINE_MAP_H
#define HOLDFAST_TESTS_WINE_MAP_H

#include "in_flight.h"

#define MAPPED_VOLUME  "\\\\.\\C:"
#define MAPPED_DRIVE_0 "\\\\.\\PhysicalDrive0"
enum { MAP_ROOM = 400 };

HANDLE map_open_with(const char *name, DWORD access, DWORD flags);
/* To read and write. */
HANDLE map_open(const char *name);

/* \Device\HarddiskVolume1 and the like, of what a program calls `name`. */
const char *map_object_name(const char *name);

/* The Unix path of a scripted disk, "1" to SCRIPTED_DISKS, or of a file beside them. */
const char *map_path(const char *suffix);

/* Gives `name` a path; the second sets a value of any kind, for an object by the map's own name. */
void map_to(const char *name, const char *path);
void map_set(const char *object, DWORD type, const void *data, DWORD size);
void map_nothing(void);
/* No map, and all scripted disks ready. */
void map_fresh_disks(void);

/* RESERVE, and PERSISTENT RESERVE OUT. Return the last error, 0 for success. */
DWORD map_reserve(HANDLE handle);
DWORD map_reserve_by_name(const char *name);
DWORD map_pr_out(HANDLE handle);

#endif
