/* The kernel's own calls, past the functions that this library puts in front of them. These are no
 * cancellation points, and Wine cancels no thread. */
#ifndef SIMULATOR_REAL_H
#define SIMULATOR_REAL_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Their numbers, how an off_t goes over, and real_fstat and real_fstatat; one file for each
 * architecture. */
#include "real_calls.h"

static inline int real_fcntl(int fd, int command, long argument)
{
    return (int)syscall(REAL_FCNTL, fd, command, argument);
}

static inline ssize_t real_pread(int fd, void *data, size_t length, off_t offset)
{
    return syscall(SYS_pread64, fd, data, length, REAL_OFFSET(offset));
}

static inline ssize_t real_pwrite(int fd, const void *data, size_t length, off_t offset)
{
    return syscall(SYS_pwrite64, fd, data, length, REAL_OFFSET(offset));
}

static inline ssize_t real_preadv(int fd, const struct iovec *pieces, int count, off_t offset)
{
    return syscall(SYS_preadv, fd, pieces, count, REAL_OFFSET_AND_HIGH(offset));
}

static inline ssize_t real_pwritev(int fd, const struct iovec *pieces, int count, off_t offset)
{
    return syscall(SYS_pwritev, fd, pieces, count, REAL_OFFSET_AND_HIGH(offset));
}

static inline int real_ftruncate(int fd, off_t length)
{
    return (int)syscall(REAL_FTRUNCATE, fd, REAL_OFFSET(length));
}

#endif
