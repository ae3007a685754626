/* Whether a disk may be given a name: everything that `disk add` refuses. */
#ifndef HOLDFAST_LINUX_ADD_CHECK_H
#define HOLDFAST_LINUX_ADD_CHECK_H

#include "../command/errors.h"
#include "machine_disks.h"
#include "prefix_disks.h"

struct addition {
    struct disk_name name;
    char given[PATH_MAX]; /* the user's path, absolute */
    char path[PATH_MAX];  /* what the link will say */
    bool keep_given, force;
    struct scsi_disk disk; /* by add_check */
    bool is_there;         /* already: there is nothing to do */
    bool replaces;         /* another disk's or another path's link of the name */
};

/* Returns EXIT_DONE with the rest of `addition` filled and warnings, a line each, added to `notes`;
 * else an exit code and the reason with what to do, in one line, in `problem`. */
enum exit_code add_check(const struct host *host, const struct prefix *prefix,
                         const struct prefix_disks *disks, struct addition *addition,
                         struct text *notes, struct text *problem);

#endif
