/* What a node is: a block device of the sd driver. */
#include "folder.h"
#include "real.h"

#include <linux/major.h>
#include <sys/sysmacros.h>

enum { MINORS_OF_A_DISK = 16 };

#define EXPORT __attribute__((visibility("default")))

static void disguise(struct stat *status)
{
    const enum folder_node node = folder_node(status);

    if (node == FOLDER_NO_NODE)
        return;
    status->st_mode = S_IFBLK | (status->st_mode & 07777);
    status->st_rdev = makedev(SCSI_DISK0_MAJOR, (unsigned int)node * MINORS_OF_A_DISK);
    status->st_size = 0;
    status->st_blocks = 0;
}

EXPORT int fstatat(int folder, const char *restrict path, struct stat *restrict status, int flags)
{
    const int result = real_fstatat(folder, path, status, flags);

    if (result == 0)
        disguise(status);
    return result;
}

EXPORT int fstat(int fd, struct stat *status)
{
    const int result = real_fstat(fd, status);

    if (result == 0)
        disguise(status);
    return result;
}

EXPORT int stat(const char *restrict path, struct stat *restrict status)
{
    return fstatat(AT_FDCWD, path, status, 0);
}

EXPORT int lstat(const char *restrict path, struct stat *restrict status)
{
    return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

ALSO_NAMED(int, fstat, fstat64, (int fd, struct stat64 *status))
ALSO_NAMED(int, stat, stat64, (const char *restrict path, struct stat64 *restrict status))
ALSO_NAMED(int, lstat, lstat64, (const char *restrict path, struct stat64 *restrict status))
ALSO_NAMED(int, fstatat, fstatat64,
           (int folder, const char *restrict path, struct stat64 *restrict status, int flags))
