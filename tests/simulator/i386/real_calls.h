/* i386, compiled for large files and for 64 bits of time, as Debian's Wine is: so the functions
 * have the C library's names for that already (__fstat64_time64), and need no others. An off_t is
 * two arguments, the low half first (arch/x86/entry/syscalls). */
#ifndef SIMULATOR_REAL_CALLS_H
#define SIMULATOR_REAL_CALLS_H

#include <string.h>
#include <sys/sysmacros.h>

#define REAL_FCNTL                   SYS_fcntl64
#define REAL_FTRUNCATE               SYS_ftruncate64
#define REAL_OFFSET(offset)          (long)(offset), (long)((off_t)(offset) >> 32)
#define REAL_OFFSET_AND_HIGH(offset) REAL_OFFSET(offset)

#define ALSO_NAMED(type, function, name, parameters)

static inline struct timespec real_time(const struct statx_timestamp *time)
{
    return (struct timespec){.tv_sec = time->tv_sec, .tv_nsec = time->tv_nsec};
}

/* The kernel's fstat64 has 32 bits of time, and so another structure than the C library's. */
static inline int real_fstatat(int folder, const char *path, struct stat *status, int flags)
{
    struct statx all;
    const int result =
        (int)syscall(SYS_statx, folder, path, flags | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &all);

    if (result != 0)
        return result;
    memset(status, 0, sizeof(*status));
    status->st_dev = makedev(all.stx_dev_major, all.stx_dev_minor);
    status->st_ino = all.stx_ino;
    status->st_mode = all.stx_mode;
    status->st_nlink = all.stx_nlink;
    status->st_uid = all.stx_uid;
    status->st_gid = all.stx_gid;
    status->st_rdev = makedev(all.stx_rdev_major, all.stx_rdev_minor);
    status->st_size = (off_t)all.stx_size;
    status->st_blksize = (blksize_t)all.stx_blksize;
    status->st_blocks = (blkcnt_t)all.stx_blocks;
    status->st_atim = real_time(&all.stx_atime);
    status->st_mtim = real_time(&all.stx_mtime);
    status->st_ctim = real_time(&all.stx_ctime);
    return 0;
}

static inline int real_fstat(int fd, struct stat *status)
{
    return real_fstatat(fd, "", status, AT_EMPTY_PATH);
}

#endif
