#include "access.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/major.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The files themselves: a static program has no name service, and who owns nodes is local. */
static void name_owner(char name[32], uid_t owner)
{
    FILE *file = fopen("/etc/passwd", "re");
    const struct passwd *entry;

    snprintf(name, 32, "%u", (unsigned int)owner);
    while (file && (entry = fgetpwent(file)))
        if (entry->pw_uid == owner) {
            snprintf(name, 32, "%s", entry->pw_name);
            break;
        }
    if (file)
        fclose(file);
}

static void name_group(char name[32], gid_t group)
{
    FILE *file = fopen("/etc/group", "re");
    const struct group *entry;

    snprintf(name, 32, "%u", (unsigned int)group);
    while (file && (entry = fgetgrent(file)))
        if (entry->gr_gid == group) {
            snprintf(name, 32, "%s", entry->gr_name);
            break;
        }
    if (file)
        fclose(file);
}

bool access_has_raw_io(const struct host *host)
{
    static const char member[] = "\nCapEff:";
    char status[8192];
    const ssize_t length = host_read(status, sizeof(status) - 1, "%s/self/status", host->proc);

    status[length < 0 ? 0 : length] = 0;
    const char *found = strstr(status, member);
    return found && (strtoull(found + strlen(member), NULL, 16) >> CAP_SYS_RAWIO & 1);
}

struct node_access access_find(const struct host *host, const char *path)
{
    struct node_access access = {0};
    struct node node;

    if (host->look(path, &node) != 0)
        return access;
    access.exists = true;
    access.is_generic = node.is_character && node.device_major == SCSI_GENERIC_MAJOR;
    access.mode = node.mode;
    access.may_read = faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0;
    access.may_write = faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
    access.may_reserve =
        access.may_read && access.may_write && (access.is_generic || access_has_raw_io(host));
    name_owner(access.owner, node.owner);
    name_group(access.group, node.group);
    return access;
}
