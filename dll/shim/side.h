/* What stands behind a handle: the seam between the shim and its ways to a disk. There are three, a
 * table of functions each, and one of them is chosen when the shim is loaded. */
#ifndef HOLDFAST_SHIM_SIDE_H
#define HOLDFAST_SHIM_SIDE_H

#include "disk.h"

enum side_answer {
    SIDE_DISK,
    SIDE_OTHER,   /* no SCSI disk, and never will be: may be remembered of the handle */
    SIDE_UNKNOWN, /* not to be had now, or no handle at all */
};

struct side {
    const char *name; /* as HOLDFAST_TRANSPORT spells it; trace and status show it */
    /* The system may know the codes: it gets every request first. Then nothing but DeviceIoControl
     * is hooked. */
    bool asks_system_first;
    bool moves_data; /* raw reads and writes are direct and fenced, so handles are asked at opening
                      */
    bool has_errno;  /* os_error is Linux' errno, and else an NTSTATUS */
    const struct scsi_transport *transport; /* of a struct disk */

    /* Finds out what `handle` is. After SIDE_DISK the caller owns disk->fd. */
    enum side_answer (*open)(void *handle, struct disk *disk);
    void (*close)(int fd);
    void (*name_disk)(const struct disk *disk, char name[DISK_NAME_MAX]);
};

/* The chosen one. NULL: there is none, and nothing is hooked. */
extern const struct side *disk_side;

extern const struct side side_unix;        /* holdfast.so, unix_disk.c */
extern const struct side side_spti_wine;   /* pass-through as Wine does it, spti_witness.c */
extern const struct side side_spti_system; /* pass-through of Windows and ReactOS, spti.c */

/* Chooses, and loads what it needs; `module` is this DLL. Called once, from DllMain. */
void side_load(void *module);

/* Why there is no side, or what the user should know of the one that there is; or NULL. */
const char *side_problem(void);

/* Wine's version, or NULL where this is no Wine. */
const char *side_wine_version(void);

#endif
