#include "sysfs.h"

#include "bed.h"
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

bool sysfs_wait_until(bool (*is_true)(const char *path), const char *path)
{
    for (int i = 0; i < 250; i++) {
        if (is_true(path))
            return true;
        usleep(20 * 1000);
    }
    return false;
}

bool sysfs_is_there(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}
