#include "rights.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t parse_set(const char *text, const char *name)
{
    const char *line = strstr(text, name);

    return line ? strtoull(line + strlen(name), NULL, 16) : 0;
}

void rights_parse_status(const char *text, struct rights_facts *facts)
{
    facts->effective = parse_set(text, "\nCapEff:");
    facts->bounding = parse_set(text, "\nCapBnd:");
}

/* The first namespace maps every id to itself. */
bool rights_is_namespace(const char *uid_map)
{
    char *end;
    const unsigned long long inside = strtoull(uid_map, &end, 10);
    const bool is_there = end != uid_map;
    const unsigned long long outside = strtoull(end, &end, 10);
    const unsigned long long count = strtoull(end, &end, 10);

    return is_there && (inside || outside || count != UINT32_MAX);
}

/* A small file of /proc; "" where there is none. */
static void read_file(const char *path, char *text, size_t size)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t length = fd < 0 ? 0 : read(fd, text, size - 1);

    text[length > 0 ? length : 0] = 0;
    if (fd >= 0)
        close(fd);
}

static void count_generic_nodes(struct rights_facts *facts)
{
    DIR *devices = opendir("/dev");
    const struct dirent *entry;

    while (devices && (entry = readdir(devices))) {
        char path[300];

        if (strncmp(entry->d_name, "sg", 2) != 0 || !entry->d_name[2] ||
            entry->d_name[2 + strspn(entry->d_name + 2, "0123456789")])
            continue;
        snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
        facts->generic_nodes++;
        facts->usable_nodes += access(path, R_OK | W_OK) == 0;
    }
    if (devices)
        closedir(devices);
}

void rights_read(struct rights_facts *facts)
{
    char text[4096];

    *facts = (struct rights_facts){0};
    read_file("/proc/self/status", text, sizeof(text));
    rights_parse_status(text, facts);
    read_file("/proc/self/uid_map", text, sizeof(text));
    facts->is_namespace = rights_is_namespace(text);
    count_generic_nodes(facts);
}

static const struct needed_capability {
    const char *name;
    int number;
    const char *forbids;
    const char *from_container;
    const char *remedy;
} capabilities[] = {
    {"CAP_SYS_RAWIO", CAP_SYS_RAWIO,
     "reservations through /dev/sdX (through /dev/sgN they need write access alone); resets",
     "this container has taken it away: start it with --cap-add SYS_RAWIO and --device of the disk",
     "run as root, or give it to a service: AmbientCapabilities=CAP_SYS_RAWIO in its systemd unit"},
    {"CAP_SYS_ADMIN", CAP_SYS_ADMIN, "resets: BREAK_RESERVATION and RESET_BUS",
     "this container has taken it away: start it with --cap-add SYS_ADMIN",
     "run as root, or give it to a service: AmbientCapabilities=CAP_SYS_ADMIN in its systemd unit"},
};

static struct right judge_capability(const struct needed_capability *capability,
                                     const struct rights_facts *facts)
{
    const uint64_t bit = 1ull << capability->number;
    struct right right = {capability->name, facts->effective & bit && !facts->is_namespace,
                          capability->forbids, NULL};

    if (right.held)
        return right;
    if (facts->is_namespace)
        right.remedy = "this is a user namespace, whose capabilities do not count for disks: run "
                       "outside it, as in a container that is not rootless";
    else if (!(facts->bounding & bit))
        right.remedy = capability->from_container;
    else
        right.remedy = capability->remedy;
    return right;
}

static struct right judge_generic(const struct rights_facts *facts)
{
    struct right right = {"write access to /dev/sgN", facts->usable_nodes > 0,
                          "reservations without CAP_SYS_RAWIO", NULL};

    if (!facts->generic_nodes)
        right.remedy = "there are none: load the kernel's module sg ('modprobe sg'), and pass them "
                       "into a container with --device";
    else if (!right.held)
        right.remedy = "add this user to the group that owns them (disk), or give it access by a "
                       "udev rule";
    return right;
}

void rights_judge(const struct rights_facts *facts, struct right rights[RIGHTS_COUNT])
{
    rights[0] = judge_capability(&capabilities[0], facts);
    rights[1] = judge_capability(&capabilities[1], facts);
    rights[2] = judge_generic(facts);
}
