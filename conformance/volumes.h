/* What Windows itself knows of a disk: its number, the volumes on it, its partitions. */
#ifndef CONFORMANCE_VOLUMES_H
#define CONFORMANCE_VOLUMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum volume_check {
    VOLUMES_NONE,    /* no volume, no partition */
    VOLUMES_SYSTEM,  /* the volume of the system directory */
    VOLUMES_MOUNTED, /* another volume */
    VOLUMES_PARTITIONS,
    VOLUMES_UNKNOWN, /* the system does not say */
};

/* `words` names the volume, or says what could not be found out. Volumes with a page file are among
 * the mounted ones. */
enum volume_check volumes_of_disk(const wchar_t *disk_name, char *words, size_t size);

/* CreateFile for reading and writing; its error, or 0. */
uint32_t disk_open_error(const wchar_t *disk_name);

#endif
