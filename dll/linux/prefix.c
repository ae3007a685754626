#include "prefix.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Which folder Wine would take (dlls/ntdll/unix/server.c init_config_dir). */
static bool find_name(char name[PATH_MAX], struct text *problem)
{
    const char *chosen = getenv("WINEPREFIX");
    const char *home = getenv("HOME");
    int length;

    if (chosen && *chosen) {
        if (*chosen != '/') {
            text_add(problem, "WINEPREFIX is '%s': give it an absolute path, Wine wants one too",
                     chosen);
            return false;
        }
        length = snprintf(name, PATH_MAX, "%s", chosen);
    } else {
        if (!home || *home != '/') {
            text_add(problem, "neither WINEPREFIX nor HOME says where the prefix is: set "
                              "WINEPREFIX to its path");
            return false;
        }
        length = snprintf(name, PATH_MAX, "%s/.wine", home);
    }
    if (length < PATH_MAX)
        return true;
    text_add(problem, "the path of the prefix is too long");
    return false;
}

static bool fail(struct prefix *prefix, struct text *problem, const char *name, const char *what)
{
    text_add(problem, "%s %s", name, what);
    prefix_close(prefix);
    return false;
}

static bool open_folders(struct prefix *prefix, const char *name, struct text *problem)
{
    const char *absent = "is no Wine prefix: make one with 'wineboot --init', or set WINEPREFIX "
                         "to the path of one";
    struct stat facts;
    int folder;

    if (!realpath(name, prefix->path))
        return fail(prefix, problem, name, errno == EACCES ? "may not be searched" : absent);
    folder = open(prefix->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return fail(prefix, problem, name, absent);
    prefix->dosdevices = openat(folder, "dosdevices", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int error = errno;
    const bool has_registry =
        fstatat(folder, "system.reg", &facts, 0) == 0 && S_ISREG(facts.st_mode);
    const bool own = fstat(folder, &facts) == 0 && facts.st_uid == geteuid();
    close(folder);
    if (!own)
        return fail(prefix, problem, name,
                    "belongs to another user, and Wine works in one's own prefix only: do this as "
                    "that user, or set WINEPREFIX");
    if (prefix->dosdevices < 0 && error != ENOENT && error != ENOTDIR)
        return fail(prefix, problem, name, "has a folder dosdevices that cannot be opened");
    if (prefix->dosdevices < 0 || !has_registry)
        return fail(prefix, problem, name, absent);
    return true;
}

bool prefix_find(struct prefix *prefix, struct text *problem)
{
    char name[PATH_MAX];

    *prefix = PREFIX_NONE;
    return find_name(name, problem) && open_folders(prefix, name, problem);
}

void prefix_close(struct prefix *prefix)
{
    if (prefix->dosdevices >= 0)
        close(prefix->dosdevices);
    prefix->dosdevices = -1;
}
