/* holdfast disk remove: a disk's name leaves the prefix. */
#include "../command/errors.h"
#include "../command/output.h"
#include "disk_commands.h"
#include "disk_map.h"
#include "prefix_disks.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What was never a disk of ours, a CD-ROM drive that mountmgr has linked say, stays. A disk that is
 * gone may have been one. */
static bool is_removable(const struct prefix_disk *disk, bool force, struct text *problem)
{
    if (force || disk->finding == DISK_FOUND || disk->finding == DISK_ABSENT)
        return true;
    text_add(problem, "%s is %s, which %s; say --force if it is to be removed", disk->name.shown,
             disk->path, scsi_disk_finding_words(disk->finding));
    return false;
}

static bool carry_out(const struct prefix *prefix, const struct disk_name *name,
                      struct text *problem)
{
    if (name->kind == DISK_NAME_OBJECT)
        return disk_map_write(prefix, name->shown, NULL, problem);
    if (unlinkat(prefix->dosdevices, name->link, 0) == 0)
        return true;
    text_add(problem, "%s/dosdevices/%s cannot be removed: %s", prefix->path, name->link,
             strerror(errno));
    return false;
}

static enum exit_code remove_name(const struct arguments *arguments, const struct disk_name *name,
                                  const struct prefix *prefix, struct text *problem)
{
    struct prefix_disks disks = {0};
    struct text words = {0};
    enum exit_code code = EXIT_OTHER;

    if (prefix_disks_read(&this_host, prefix, &disks, problem)) {
        const struct prefix_disk *disk = prefix_disks_find(&disks, name);
        if (!disk) {
            text_add(problem, "there is no disk %s in %s: see 'holdfast disk list'", name->shown,
                     prefix->path);
            code = EXIT_NO_DISK;
        } else if (!is_removable(disk, arguments->force, problem)) {
            code = EXIT_REFUSED;
        } else if (arguments->dry_run || carry_out(prefix, name, problem)) {
            text_add(&words, "%s %s %s\n", name->shown,
                     arguments->dry_run ? "would no longer be" : "is no longer", disk->path);
            code = output_write(&words) ? EXIT_DONE : EXIT_OTHER;
        }
    }
    prefix_disks_free(&disks);
    return code;
}

int command_disk_remove(const struct arguments *arguments)
{
    struct prefix prefix = PREFIX_NONE;
    struct disk_name name;
    struct text problem = {0};
    enum exit_code code = EXIT_OTHER;

    if (!disk_name_parse(arguments->disk, &name)) {
        text_add(&problem, "'%s' is not a name for a disk: see 'holdfast disk list'",
                 arguments->disk);
        code = EXIT_USAGE;
    } else if (prefix_find(&prefix, &problem)) {
        code = remove_name(arguments, &name, &prefix, &problem);
    }
    if (problem.bytes)
        output_message("disk remove: %s", problem.bytes);
    text_free(&problem);
    prefix_close(&prefix);
    return code;
}
