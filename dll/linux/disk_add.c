/* holdfast disk add: a disk gets a name in the prefix. */
#include "../command/output.h"
#include "../command/usage.h"
#include "access.h"
#include "add_check.h"
#include "disk_commands.h"
#include "disk_map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NO_REPLACE = 1 }; /* RENAME_NOREPLACE of linux/fs.h, which not every libc has */

static int rename_new(int folder, const char *from, const char *to)
{
    return (int)syscall(SYS_renameat2, folder, from, folder, to, NO_REPLACE);
}

/* A link is there whole or not at all, and nobody ever sees the name without one. */
static bool write_link(const struct prefix *prefix, const struct addition *addition,
                       struct text *problem)
{
    char temporary[DISK_NAME_MAX];
    const int folder = prefix->dosdevices;

    snprintf(temporary, sizeof(temporary), ".holdfast-%d", (int)getpid());
    unlinkat(folder, temporary, 0); /* of a process that was ended here */
    if (symlinkat(addition->path, folder, temporary) < 0) {
        text_add(problem, "%s/dosdevices cannot be written: %s", prefix->path, strerror(errno));
        return false;
    }
    int failed = addition->replaces ? renameat(folder, temporary, folder, addition->name.link)
                                    : rename_new(folder, temporary, addition->name.link);
    /* A file system without renameat2 does not know the flag. */
    if (failed && errno == EINVAL)
        failed = linkat(folder, temporary, folder, addition->name.link, 0);
    const int error = errno;
    unlinkat(folder, temporary, 0);
    if (!failed)
        return true;
    text_add(problem, "%s/dosdevices/%s cannot be made: %s", prefix->path, addition->name.link,
             error == EEXIST ? "somebody else has just made it" : strerror(error));
    return false;
}

/* So that the user learns of it now, and not from a program's error 5. */
static void note_access(const struct host *host, const struct addition *addition,
                        struct text *notes)
{
    const struct node_access access = access_find(host, addition->given);

    if (access.exists && !access.may_reserve)
        text_add(notes,
                 "warning: this user may not change reservations of %s: %s; see 'holdfast "
                 "disk list'\n",
                 addition->given,
                 access.may_read && access.may_write
                     ? "without CAP_SYS_RAWIO only /dev/sgN allows it"
                     : "it has no read and write access");
}

static void add_words(struct text *text, const struct addition *addition, bool dry_run)
{
    const char *verb = addition->is_there ? "already is" : dry_run ? "would be" : "is now";

    text_add(text, "%s %s %s (/dev/%s, ", addition->name.shown, verb, addition->path,
             addition->disk.name);
    scsi_disk_describe(text, &addition->disk);
    text_add(text, ")\n");
}

static enum exit_code carry_out(const struct prefix *prefix, const struct addition *addition,
                                struct text *problem)
{
    const bool done = addition->name.kind == DISK_NAME_OBJECT
                          ? disk_map_write(prefix, addition->name.shown, addition->path, problem)
                          : write_link(prefix, addition, problem);
    return done ? EXIT_DONE : EXIT_OTHER;
}

static enum exit_code add(const struct arguments *arguments, struct addition *addition,
                          const struct prefix *prefix, struct text *problem)
{
    struct prefix_disks disks = {0};
    struct text notes = {0}, words = {0};
    enum exit_code code = EXIT_OTHER;

    if (prefix_disks_read(&this_host, prefix, &disks, problem))
        code = add_check(&this_host, prefix, &disks, addition, &notes, problem);
    if (code == EXIT_DONE && !addition->is_there && !arguments->dry_run)
        code = carry_out(prefix, addition, problem);
    if (code == EXIT_DONE) {
        note_access(&this_host, addition, &notes);
        output_write_error(&notes);
        add_words(&words, addition, arguments->dry_run);
        code = output_write(&words) ? EXIT_DONE : EXIT_OTHER;
    }
    text_free(&notes);
    prefix_disks_free(&disks);
    return code;
}

/* By its text alone: its links are what makes it stable. */
static bool make_absolute(const char *path, char absolute[PATH_MAX])
{
    char folder[PATH_MAX] = "";
    const bool relative = path[0] != '/';

    if (relative && !getcwd(folder, sizeof(folder)))
        return false;
    const int length = snprintf(absolute, PATH_MAX, "%s%s%s", folder, relative ? "/" : "", path);
    return *path && length >= 0 && length < PATH_MAX;
}

static enum exit_code prepare(const struct arguments *arguments, struct addition *addition,
                              struct prefix *prefix, struct text *problem)
{
    *addition = (struct addition){.force = arguments->force, .keep_given = arguments->as_given};
    if (!disk_name_parse(arguments->disk, &addition->name)) {
        text_add(problem,
                 "'%s' is not a name for a disk: say a number, a letter such as E:, or "
                 "\\Device\\...",
                 arguments->disk);
        return EXIT_USAGE;
    }
    if (!make_absolute(arguments->path, addition->given)) {
        text_add(problem, "'%s' is not a path", arguments->path);
        return EXIT_USAGE;
    }
    return prefix_find(prefix, problem) ? EXIT_DONE : EXIT_OTHER;
}

int command_disk_add(const struct arguments *arguments)
{
    struct prefix prefix = PREFIX_NONE;
    struct addition addition;
    struct text problem = {0};
    enum exit_code code = prepare(arguments, &addition, &prefix, &problem);

    if (code == EXIT_DONE)
        code = add(arguments, &addition, &prefix, &problem);
    if (problem.bytes)
        output_message("disk add: %s", problem.bytes);
    text_free(&problem);
    prefix_close(&prefix);
    return code;
}
