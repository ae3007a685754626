#include "stable_name.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Links that the kernel's own numbers are in; below host->dev. */
static const char *const moving_folders[] = {"block/", "char/", "disk/by-diskseq/"};

/* The best first. A NAA name is the unit's own; "scsi-3" is the same with its type in front, and
 * the others are made of texts (udev's scsi_id). /dev/holdfast is for an administrator's own rules,
 * and the only place where sg nodes have such names. */
static const struct {
    const char *folder, *prefix;
    bool is_of_path;
} places[] = {
    {"holdfast", "", false},        {"disk/by-id", "wwn-", false}, {"disk/by-id", "scsi-3", false},
    {"disk/by-id", "scsi-", false}, {"disk/by-id", "", false},     {"disk/by-path", "", true},
};

static bool is_link(const char *path)
{
    struct stat facts;
    return lstat(path, &facts) == 0 && S_ISLNK(facts.st_mode);
}

enum stability stable_name_judge(const struct host *host, const char *path)
{
    const size_t length = strlen(host->dev);

    if (!is_link(path))
        return NAME_MOVES;
    if (strncmp(path, host->dev, length) != 0 || path[length] != '/')
        return NAME_STAYS;
    for (size_t i = 0; i < sizeof(moving_folders) / sizeof(moving_folders[0]); i++)
        if (strncmp(path + length + 1, moving_folders[i], strlen(moving_folders[i])) == 0)
            return NAME_MOVES;
    return NAME_STAYS;
}

static bool is_same_node(const struct node *one, const struct node *other)
{
    return one->is_block == other->is_block && one->is_character == other->is_character &&
           one->device_major == other->device_major && one->device_minor == other->device_minor;
}

/* Of several names the first in the alphabet, so that the answer is the same every time. */
static bool find_in(const struct host *host, size_t place, const struct node *node,
                    char found[PATH_MAX])
{
    DIR *folder = host_open_folder("%s/%s", host->dev, places[place].folder);
    char path[PATH_MAX];
    struct dirent *entry;

    found[0] = 0;
    while (folder && (entry = readdir(folder))) {
        struct node other;
        if (entry->d_name[0] == '.' ||
            strncmp(entry->d_name, places[place].prefix, strlen(places[place].prefix)) != 0)
            continue;
        snprintf(path, sizeof(path), "%s/%s/%s", host->dev, places[place].folder, entry->d_name);
        if (host->look(path, &other) == 0 && is_same_node(node, &other) &&
            (!found[0] || strcmp(path, found) < 0))
            memcpy(found, path, sizeof(path));
    }
    if (folder)
        closedir(folder);
    return found[0] != 0;
}

bool stable_name_find(const struct host *host, const char *path, bool several_paths,
                      char found[PATH_MAX])
{
    struct node node;

    if (host->look(path, &node) != 0)
        return false;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
            if ((places[i].is_of_path == several_paths) == (round == 0) &&
                find_in(host, i, &node, found))
                return true;
    return false;
}
