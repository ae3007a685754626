/* The kernel's own calls, past the functions that this library puts in front of them. These are no
 * cancellation points, and Wine cancels no thread. */
#ifndef SIMULATOR_REAL_H
#define SIMULATOR_REAL_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int real_fstatat(int folder, const char *path, struct stat *status, int flags)
{
    return (int)syscall(SYS_newfstatat, folder, path, status, flags);
}

static inline int real_fstat(int fd, struct stat *status)
{
    return (int)syscall(SYS_fstat, fd, status);
}

static inline int real_fcntl(int fd, int command, long argument)
{
    return (int)syscall(SYS_fcntl, fd, command, argument);
}

#endif
