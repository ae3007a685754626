#include "in_use.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEVICES_MAX = 256 };

/* A block device that is the disk, lies on it, or is made of such a one. */
struct device {
    char name[KERNEL_NAME_MAX];
    uint32_t device_major, device_minor;
};

struct devices {
    const struct host *host;
    struct device all[DEVICES_MAX];
    size_t count;
    bool too_many;
    const char *first_holder; /* the first that is not the disk or a partition of it */
};

static void add_device(struct devices *devices, const char *name)
{
    struct device device = {0};
    char number[32];

    for (size_t i = 0; i < devices->count; i++)
        if (strcmp(devices->all[i].name, name) == 0)
            return;
    if (devices->count == DEVICES_MAX) {
        devices->too_many = true;
        return;
    }
    snprintf(device.name, sizeof(device.name), "%s", name);
    host_read_words(number, sizeof(number), "%s/class/block/%s/dev", devices->host->sys, name);
    if (host_parse_device(number, &device.device_major, &device.device_minor))
        devices->all[devices->count++] = device;
}

/* A partition is a folder in its disk's, with its number in the file "partition". */
static void add_partitions(struct devices *devices, const char *name)
{
    DIR *folder = host_open_folder("%s/class/block/%s", devices->host->sys, name);
    const char *inner;

    while (folder && (inner = host_next_name(folder)))
        if (host_has("%s/class/block/%s/%s/partition", devices->host->sys, name, inner))
            add_device(devices, inner);
    if (folder)
        closedir(folder);
}

static void add_holders(struct devices *devices, const char *name)
{
    DIR *folder = host_open_folder("%s/class/block/%s/holders", devices->host->sys, name);
    const char *holder;

    while (folder && (holder = host_next_name(folder))) {
        const size_t before = devices->count;
        add_device(devices, holder);
        if (!devices->first_holder && devices->count > before)
            devices->first_holder = devices->all[before].name;
    }
    if (folder)
        closedir(folder);
}

static const struct device *find_device(const struct devices *devices, uint32_t device_major,
                                        uint32_t device_minor)
{
    for (size_t i = 0; i < devices->count; i++)
        if (devices->all[i].device_major == device_major &&
            devices->all[i].device_minor == device_minor)
            return &devices->all[i];
    return NULL;
}

static const struct device *find_node(const struct devices *devices, const char *path)
{
    struct node node;

    if (path[0] != '/' || devices->host->look(path, &node) != 0 || !node.is_block)
        return NULL;
    return find_device(devices, node.device_major, node.device_minor);
}

/* A loop has no holder's link to the disk that it was made of (drivers/block/loop.c). */
static void add_loops(struct devices *devices)
{
    DIR *folder = host_open_folder("%s/class/block", devices->host->sys);
    char path[512];
    const char *name;

    while (folder && (name = host_next_name(folder))) {
        const size_t before = devices->count;
        host_read_words(path, sizeof(path), "%s/class/block/%s/loop/backing_file",
                        devices->host->sys, name);
        if (find_node(devices, path))
            add_device(devices, name);
        if (!devices->first_holder && devices->count > before)
            devices->first_holder = devices->all[before].name;
    }
    if (folder)
        closedir(folder);
}

static void collect(struct devices *devices, const char *name)
{
    size_t seen = 0, before;

    add_device(devices, name);
    do {
        for (before = devices->count; seen < devices->count; seen++) {
            add_partitions(devices, devices->all[seen].name);
            add_holders(devices, devices->all[seen].name);
        }
        add_loops(devices);
    } while (devices->count > before);
}

static bool is_octal(char byte)
{
    return byte >= '0' && byte <= '7';
}

/* /proc writes blanks, tabs, line ends and backslashes as \ooo (fs/proc_namespace.c). */
static void decode(char *word)
{
    char *to = word;

    while (*word) {
        if (word[0] == '\\' && is_octal(word[1]) && is_octal(word[2]) && is_octal(word[3])) {
            *to++ = (char)((word[1] - '0') << 6 | (word[2] - '0') << 3 | (word[3] - '0'));
            word += 4;
        } else {
            *to++ = *word++;
        }
    }
    *to = 0;
}

static void add_clean(struct text *words, char *path)
{
    host_clean_words(path);
    text_add(words, "%s", path);
}

/* Whether a file system holds both disks. */
static bool is_of_both(const struct devices *devices, const char *uuid, const char *mounted)
{
    const char *sys = devices->host->sys;

    if (!host_has("%s/fs/btrfs/%s/devices/%s", sys, uuid, mounted))
        return false;
    for (size_t i = 0; i < devices->count; i++)
        if (host_has("%s/fs/btrfs/%s/devices/%s", sys, uuid, devices->all[i].name))
            return true;
    return false;
}

/* btrfs mounts under a number of its own, and names one disk of several. */
static bool is_in_btrfs(const struct devices *devices, const char *source)
{
    const char *sys = devices->host->sys;
    char mounted[KERNEL_NAME_MAX];
    struct node node;
    const char *uuid;
    bool found = false;

    if (devices->host->look(source, &node) != 0 || !node.is_block ||
        !host_link_name(mounted, "%s/dev/block/%u:%u", sys, node.device_major, node.device_minor))
        return false;
    DIR *folder = host_open_folder("%s/fs/btrfs", sys);
    while (folder && !found && (uuid = host_next_name(folder)))
        found = is_of_both(devices, uuid, mounted);
    if (folder)
        closedir(folder);
    return found;
}

enum { FIELD_DEVICE = 2, FIELD_MOUNT_POINT = 4, FIELDS_MAX = 32 };

/* A line of mountinfo: fields, "-", type, source, options. */
static bool check_mount(const struct devices *devices, char *line, struct text *words)
{
    char *fields[FIELDS_MAX], *rest = line;
    uint32_t device_major, device_minor;
    size_t count = 0, dash = 0;

    for (char *field; count < FIELDS_MAX && (field = strsep(&rest, " "));) {
        if (!dash && strcmp(field, "-") == 0)
            dash = count;
        fields[count++] = field;
    }
    if (dash <= FIELD_MOUNT_POINT || dash + 2 >= count ||
        !host_parse_device(fields[FIELD_DEVICE], &device_major, &device_minor))
        return false;
    char *source = fields[dash + 2];
    decode(source);
    const struct device *device = find_device(devices, device_major, device_minor);
    if (!device)
        device = find_node(devices, source);
    if (!device && !(strcmp(fields[dash + 1], "btrfs") == 0 && is_in_btrfs(devices, source)))
        return false;
    decode(fields[FIELD_MOUNT_POINT]);
    text_add(words, "%s is mounted at ", device ? device->name : devices->all[0].name);
    add_clean(words, fields[FIELD_MOUNT_POINT]);
    return true;
}

static bool check_swap(const struct devices *devices, char *line, struct text *words)
{
    line[strcspn(line, " \t")] = 0;
    decode(line);
    const struct device *device = find_node(devices, line);
    if (device)
        text_add(words, "%s is used for swap", device->name);
    return device != NULL;
}

/* Whether `check` finds use in a line of the file. One that cannot be read may hide it. */
static bool check_file(const struct devices *devices, const char *name,
                       bool (*check)(const struct devices *, char *, struct text *),
                       bool is_optional, struct text *words)
{
    char path[512];
    char *line = NULL;
    size_t size = 0;
    bool found = false;

    snprintf(path, sizeof(path), "%s/%s", devices->host->proc, name);
    FILE *file = fopen(path, "re");
    if (!file) {
        if (!is_optional)
            text_add(words, "whether it is mounted cannot be found out: %s is not readable", path);
        return !is_optional;
    }
    while (!found && getline(&line, &size, file) >= 0) {
        line[strcspn(line, "\n")] = 0;
        found = check(devices, line, words);
    }
    free(line);
    fclose(file);
    return found;
}

static void describe_holder(const struct devices *devices, struct text *words)
{
    char name[KERNEL_NAME_MAX], kind[KERNEL_NAME_MAX];
    const char *holder = devices->first_holder;

    host_read_words(name, sizeof(name), "%s/class/block/%s/dm/name", devices->host->sys, holder);
    host_read_words(kind, sizeof(kind), "%s/class/block/%s/dm/uuid", devices->host->sys, holder);
    kind[strcspn(kind, "-")] = 0; /* "mpath-3600...", "LVM-..." */
    text_add(words, "it is part of %s", holder);
    if (name[0])
        text_add(words, " (%s%s%s)", kind, kind[0] ? " " : "", name);
}

enum disk_use disk_use_find(const struct host *host, const char *name, struct text *words)
{
    struct devices devices = {.host = host};

    collect(&devices, name);
    if (check_file(&devices, "self/mountinfo", check_mount, false, words))
        return USE_ACTIVE;
    /* A kernel without swap has no such file. */
    if (check_file(&devices, "swaps", check_swap, true, words))
        return USE_ACTIVE;
    if (devices.too_many || !devices.count) {
        text_add(words, "what it is used for cannot be found out: %s",
                 devices.count ? "too much is made of it" : "sysfs does not know it");
        return USE_ACTIVE;
    }
    if (!devices.first_holder)
        return USE_NONE;
    describe_holder(&devices, words);
    return USE_HELD;
}
