/* Processes under Wine, and what holdfast.dll says of itself in them. */
#ifndef HOLDFAST_LINUX_PROCESSES_H
#define HOLDFAST_LINUX_PROCESSES_H

#include "../shim/process_info.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
    pid_t pid;
    bool exists, is_readable; /* readable: /proc lets this user look at its memory map */
    bool is_wine;
    bool has_shim; /* holdfast.dll is mapped */
    bool is_known; /* then: `info` is what it says of itself */
    struct holdfast_process_info info;
    char prefix[PATH_MAX]; /* "" where not known */
};

void process_read(pid_t pid, struct process *process);

/* All that carry the shim and that this user may look at, to be freed with free(). False without
 * memory. */
bool processes_find(struct process **processes, size_t *count);

/* The next disk node, /dev/sdb or /dev/sg1, that the process has open; false at the end. `folder`
 * is of opendir("/proc/PID/fd"). */
bool process_next_disk(void *folder, char node[PATH_MAX]);

/* Checks what was read: false where it is not a structure of ours. Ends every text. */
bool process_info_check(struct holdfast_process_info *info);

/* Whether reservation codes are answered in that process. */
bool process_is_served(const struct holdfast_process_info *info);

#endif
