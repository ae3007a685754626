#include "prefix_disks.h"

#include "disk_map.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct reading {
    const struct host *host;
    const struct prefix *prefix;
    struct prefix_disks *disks;
    bool no_memory;
};

/* A link's path may be relative to its folder. */
static void make_absolute(const struct prefix *prefix, struct prefix_disk *disk)
{
    int length;

    if (disk->path[0] == '/')
        length = snprintf(disk->target, sizeof(disk->target), "%s", disk->path);
    else
        length = snprintf(disk->target, sizeof(disk->target), "%s/dosdevices/%s", prefix->path,
                          disk->path);
    if (length < 0 || (size_t)length >= sizeof(disk->target))
        disk->target[0] = 0; /* which leads nowhere */
}

static void add(struct reading *reading, const struct disk_name *name, const char *path)
{
    struct prefix_disks *disks = reading->disks;
    struct prefix_disk *all = realloc(disks->all, (disks->count + 1) * sizeof(*all));

    if (!all) {
        reading->no_memory = true;
        return;
    }
    disks->all = all;
    struct prefix_disk *disk = &all[disks->count++];
    *disk = (struct prefix_disk){.name = *name};
    snprintf(disk->path, sizeof(disk->path), "%s", path);
    make_absolute(reading->prefix, disk);
    disk->finding = scsi_disk_find(reading->host, disk->target, &disk->disk);
}

static void add_mapped(void *context, const char *object, const char *path)
{
    struct disk_name name;

    if (disk_name_parse(object, &name) && name.kind == DISK_NAME_OBJECT)
        add(context, &name, path);
}

static bool add_links(struct reading *reading)
{
    const int again = openat(reading->prefix->dosdevices, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = again < 0 ? NULL : fdopendir(again);
    const char *entry;

    if (!folder) {
        if (again >= 0)
            close(again);
        return false;
    }
    while ((entry = host_next_name(folder))) {
        struct disk_name name;
        char path[PATH_MAX];
        if (!disk_name_from_link(entry, &name))
            continue;
        const ssize_t length = readlinkat(again, entry, path, sizeof(path) - 1);
        if (length < 0)
            continue; /* no link, and so none of ours */
        path[length] = 0;
        add(reading, &name, path);
    }
    closedir(folder);
    return true;
}

static int compare(const void *one, const void *other)
{
    const struct disk_name *a = &((const struct prefix_disk *)one)->name;
    const struct disk_name *b = &((const struct prefix_disk *)other)->name;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcasecmp(a->shown, b->shown);
}

bool prefix_disks_read(const struct host *host, const struct prefix *prefix,
                       struct prefix_disks *disks, struct text *problem)
{
    struct reading reading = {.host = host, .prefix = prefix, .disks = disks};
    bool done = add_links(&reading);

    if (!done)
        text_add(problem, "%s/dosdevices cannot be read", prefix->path);
    else
        done = disk_map_read(prefix, add_mapped, &reading, problem);
    if (done && reading.no_memory) {
        text_add(problem, "out of memory");
        done = false;
    }
    if (disks->count)
        qsort(disks->all, disks->count, sizeof(*disks->all), compare);
    return done;
}

static bool is_same_name(const struct disk_name *one, const struct disk_name *other)
{
    return one->kind == other->kind && strcasecmp(one->shown, other->shown) == 0;
}

const struct prefix_disk *prefix_disks_find(const struct prefix_disks *disks,
                                            const struct disk_name *name)
{
    for (size_t i = 0; i < disks->count; i++)
        if (is_same_name(&disks->all[i].name, name))
            return &disks->all[i];
    return NULL;
}

const struct prefix_disk *prefix_disks_find_unit(const struct prefix_disks *disks,
                                                 const struct scsi_disk *disk,
                                                 const struct disk_name *name)
{
    for (size_t i = 0; i < disks->count; i++)
        if (disks->all[i].finding == DISK_FOUND && !is_same_name(&disks->all[i].name, name) &&
            scsi_disk_is_same_unit(&disks->all[i].disk, disk))
            return &disks->all[i];
    return NULL;
}

void prefix_disks_free(struct prefix_disks *disks)
{
    free(disks->all);
    *disks = (struct prefix_disks){0};
}
