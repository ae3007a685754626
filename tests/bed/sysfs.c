#include "sysfs.h"

#include "bed.h"
#include <dirent.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 3000, BETWEEN_TRIES_US = 20 * 1000 };

void sysfs_write(const char *path, const char *text)
{
    const int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t written;

    if (fd < 0)
        fail_msg("%s cannot be opened", path);
    written = write(fd, text, strlen(text));
    close(fd);
    if (written != (ssize_t)strlen(text))
        fail_msg("%s does not take '%s'", path, text);
}

/* Both kinds of node have a link `device` to a folder of that name. */
void sysfs_scsi_address(const char *node, char address[SCSI_ADDRESS_MAX])
{
    const char *name = strrchr(node, '/');
    const bool is_sg = name && strncmp(name, "/sg", 3) == 0;
    char link[SYSFS_PATH_MAX], target[256];
    ssize_t length;

    assert_non_null(name);
    snprintf(link, sizeof(link), "/sys/class/%s%.30s/device", is_sg ? "scsi_generic" : "block",
             name);
    length = readlink(link, target, sizeof(target) - 1);
    if (length <= 0)
        fail_msg("%s leads nowhere", link);
    target[length] = 0;
    snprintf(address, SCSI_ADDRESS_MAX, "%.31s", basename(target));
}

uint64_t sysfs_count(const char *node, const char *counter)
{
    char address[SCSI_ADDRESS_MAX], path[SYSFS_PATH_MAX], text[32] = {0};
    ssize_t length;
    int fd;

    sysfs_scsi_address(node, address);
    snprintf(path, sizeof(path), "/sys/class/scsi_device/%s/device/%.64s", address, counter);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fail_msg("%s cannot be opened", path);
    length = read(fd, text, sizeof(text) - 1);
    close(fd);
    if (length <= 0)
        fail_msg("%s cannot be read", path);
    return strtoull(text, NULL, 16);
}

bool sysfs_wait_until(bool (*is_true)(const char *path), const char *path)
{
    for (int i = 0; i < TRIES; i++) {
        if (is_true(path))
            return true;
        usleep(BETWEEN_TRIES_US);
    }
    return false;
}

bool sysfs_is_there(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool sysfs_has_entry(const char *path)
{
    char name[SYSFS_NAME_MAX];

    return sysfs_entry(path, name);
}

bool sysfs_entry(const char *path, char name[SYSFS_NAME_MAX])
{
    DIR *entries = opendir(path);

    name[0] = 0;
    if (!entries)
        return false;
    for (struct dirent *entry; (entry = readdir(entries));)
        if (entry->d_name[0] != '.')
            snprintf(name, SYSFS_NAME_MAX, "%.31s", entry->d_name);
    closedir(entries);
    return name[0] != 0;
}

bool sysfs_can_be_opened(const char *path)
{
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}
