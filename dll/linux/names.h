/* What a disk is called in a prefix. */
#ifndef HOLDFAST_LINUX_NAMES_H
#define HOLDFAST_LINUX_NAMES_H

#include <stdbool.h>

enum { DISK_NAME_MAX = 128 };

enum disk_name_kind {
    DISK_NAME_NUMBER, /* \\.\PhysicalDriveN */
    DISK_NAME_LETTER, /* \\.\E: */
    DISK_NAME_OBJECT, /* a device of Wine's own, by its object name */
};

struct disk_name {
    enum disk_name_kind kind;
    unsigned int number;       /* of DISK_NAME_NUMBER */
    char shown[DISK_NAME_MAX]; /* "PhysicalDrive1", "E:", "\Device\Harddisk0" */
    char link[DISK_NAME_MAX];  /* in dosdevices: "physicaldrive1", "e::"; empty for an object */
};

/* Takes what people write: 1, PhysicalDrive1, \\.\PhysicalDrive1, E:, \\.\E:, \Device\Harddisk0. */
bool disk_name_parse(const char *text, struct disk_name *name);

/* From the name of a link in dosdevices; false for one that is not of a disk. */
bool disk_name_from_link(const char *link, struct disk_name *name);

#endif
