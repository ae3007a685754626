#include "add_check.h"

#include "in_use.h"
#include "stable_name.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct check {
    const struct host *host;
    const struct prefix *prefix;
    const struct prefix_disks *disks;
    struct addition *addition;
    struct text *notes, *problem;
};

static enum exit_code exit_from_finding(enum disk_finding finding)
{
    switch (finding) {
    case DISK_FOUND:
        return EXIT_DONE;
    case DISK_ABSENT:
        return EXIT_NO_DISK;
    case DISK_UNREADABLE:
        return EXIT_NO_ACCESS;
    default:
        return EXIT_NO_RESERVATIONS;
    }
}

static enum exit_code check_node(struct check *check)
{
    struct addition *addition = check->addition;
    const enum disk_finding finding = scsi_disk_find(check->host, addition->given, &addition->disk);

    if (finding != DISK_FOUND)
        text_add(check->problem, "%s %s", addition->given, scsi_disk_finding_words(finding));
    return exit_from_finding(finding);
}

/* What Linux itself uses is never a cluster's disk, and --force does not make it one. */
static enum exit_code check_use(struct check *check)
{
    const struct scsi_disk *disk = &check->addition->disk;
    struct text words = {0};
    char node[PATH_MAX];
    enum exit_code code = EXIT_DONE;
    const enum disk_use use = disk_use_find(check->host, disk->name, &words);
    const char *what = words.bytes ? words.bytes : "it is in use";

    snprintf(node, sizeof(node), "%s/%s", check->host->dev, disk->name);
    if (use == USE_ACTIVE) {
        text_add(check->problem,
                 "/dev/%s is used by this machine: %s; reservations would shut the machine out of "
                 "it: unmount it for good first, or name another disk",
                 disk->name, what);
        code = EXIT_REFUSED;
    } else if (use == USE_HELD && !check->addition->force) {
        text_add(check->problem,
                 "/dev/%s is used: %s; a reservation made through this path protects no other: "
                 "free it first, or say --force",
                 disk->name, what);
        code = EXIT_REFUSED;
    } else if (use == USE_NONE && check->host->is_claimed(node)) {
        text_add(check->problem,
                 "/dev/%s is held by another program for itself, or mounted where this user does "
                 "not see it (a container?): end that first",
                 disk->name);
        code = EXIT_REFUSED;
    }
    text_free(&words);
    return code;
}

static enum exit_code refuse(struct check *check)
{
    text_add(check->problem, "; say --force if that is meant");
    return EXIT_REFUSED;
}

static enum exit_code check_second_name(struct check *check)
{
    const struct addition *addition = check->addition;
    const struct prefix_disk *other =
        prefix_disks_find_unit(check->disks, &addition->disk, &addition->name);

    if (!other || addition->force)
        return EXIT_DONE;
    text_add(check->problem, "/dev/%s is already %s in this prefix", addition->disk.name,
             other->name.shown);
    if (strcmp(addition->disk.name, other->disk.name) != 0)
        text_add(check->problem, " by another path to the same unit (/dev/%s, %s)",
                 other->disk.name, addition->disk.identity.designator);
    text_add(check->problem, ": a program would take one disk for two");
    return refuse(check);
}

/* mountmgr gives every prefix a PhysicalDrive0 with nothing behind it (wine-mechanics 2), and
 * programs take it for the system disk. */
static enum exit_code check_first_drive(struct check *check)
{
    const struct addition *addition = check->addition;

    if (addition->name.kind != DISK_NAME_NUMBER || addition->name.number || addition->force)
        return EXIT_DONE;
    text_add(check->problem, "PhysicalDrive0 is Wine's own first disk, which programs take for "
                             "Windows' system disk: use 1 or more");
    return refuse(check);
}

/* A drive of files has a link "e:" beside where the disk's "e::" would be. */
static enum exit_code check_drive(struct check *check)
{
    const struct addition *addition = check->addition;
    const char drive[] = {addition->name.link[0], ':', 0};
    struct stat facts;

    if (addition->name.kind != DISK_NAME_LETTER || addition->force ||
        fstatat(check->prefix->dosdevices, drive, &facts, AT_SYMLINK_NOFOLLOW) < 0)
        return EXIT_DONE;
    text_add(check->problem,
             "%s is a drive with files in this prefix, and \\\\.\\%s would be the "
             "disk instead: use another letter or a number",
             addition->name.shown, addition->name.shown);
    return refuse(check);
}

static enum exit_code check_same_name(struct check *check)
{
    struct addition *addition = check->addition;
    const struct prefix_disk *present = prefix_disks_find(check->disks, &addition->name);

    if (!present) {
        struct stat facts;
        const char *link = addition->name.link;
        if (!*link || fstatat(check->prefix->dosdevices, link, &facts, AT_SYMLINK_NOFOLLOW) < 0)
            return EXIT_DONE;
        text_add(check->problem, "%s/dosdevices/%s is no link: move it away first",
                 check->prefix->path, link);
        return EXIT_REFUSED;
    }
    addition->replaces = true;
    addition->is_there = strcmp(present->path, addition->path) == 0;
    /* A better name of the same disk is no other disk. */
    if (addition->is_there || addition->force ||
        (present->finding == DISK_FOUND && strcmp(present->disk.name, addition->disk.name) == 0))
        return EXIT_DONE;
    text_add(check->problem,
             "%s is already %s: 'holdfast disk remove %s' first, or choose another "
             "name",
             addition->name.shown, present->path,
             addition->name.kind == DISK_NAME_NUMBER ? addition->name.link + strlen("physicaldrive")
                                                     : addition->name.shown);
    return refuse(check);
}

static void choose_path(struct check *check, size_t paths)
{
    struct addition *addition = check->addition;
    const char *given = addition->given;
    char node[PATH_MAX];

    memcpy(addition->path, given, sizeof(addition->path));
    if (addition->keep_given || stable_name_judge(check->host, given) == NAME_STAYS)
        return;
    if (stable_name_find(check->host, given, paths > 1, addition->path)) {
        text_add(check->notes, "%s may be another disk after the next start; it is linked as %s\n",
                 given, addition->path);
        return;
    }
    /* An sg node has a stable name only where a rule was made for it; its disk may have one. */
    snprintf(node, sizeof(node), "%s/%s", check->host->dev, addition->disk.name);
    if (strcmp(node, given) != 0 &&
        stable_name_find(check->host, node, paths > 1, addition->path)) {
        text_add(check->notes,
                 "%s may be another disk after the next start; its disk is linked "
                 "instead, as %s (--as-given links the sg node)\n",
                 given, addition->path);
        return;
    }
    memcpy(addition->path, given, sizeof(addition->path));
    text_add(check->notes,
             "warning: %s may be another disk after the next start, and there is no "
             "name that stays: is udev running?\n",
             given);
}

static enum exit_code find_path(struct check *check)
{
    struct machine_disks machine = {0};
    const struct addition *addition = check->addition;

    if (!machine_disks_read(check->host, &machine)) {
        text_add(check->problem, "out of memory");
        machine_disks_free(&machine);
        return EXIT_OTHER;
    }
    const size_t paths = machine_disks_count_paths(&machine, &addition->disk);
    choose_path(check, paths);
    if (paths > 1)
        text_add(check->notes,
                 "warning: this machine has %u paths to this unit; Holdfast uses this one, and a "
                 "reservation keeps this machine's other path out like a stranger\n",
                 (unsigned int)paths);
    machine_disks_free(&machine);
    return EXIT_DONE;
}

enum exit_code add_check(const struct host *host, const struct prefix *prefix,
                         const struct prefix_disks *disks, struct addition *addition,
                         struct text *notes, struct text *problem)
{
    static enum exit_code (*const checks[])(struct check *) = {
        check_node, check_use,         check_first_drive, check_drive,
        find_path,  check_second_name, check_same_name,
    };
    struct check check = {host, prefix, disks, addition, notes, problem};
    enum exit_code code = EXIT_DONE;

    for (size_t i = 0; code == EXIT_DONE && i < sizeof(checks) / sizeof(checks[0]); i++)
        code = checks[i](&check);
    return code;
}
