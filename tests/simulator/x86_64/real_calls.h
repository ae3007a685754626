/* x86-64: an off_t has 64 bits, and is one argument. */
#ifndef SIMULATOR_REAL_CALLS_H
#define SIMULATOR_REAL_CALLS_H

#define REAL_FCNTL                   SYS_fcntl
#define REAL_FTRUNCATE               SYS_ftruncate
#define REAL_OFFSET(offset)          (offset)
#define REAL_OFFSET_AND_HIGH(offset) (offset), 0L

/* Programs compiled for large files call the same functions by these names. */
#define ALSO_NAMED(type, function, name, parameters) \
    EXPORT type name parameters __attribute__((alias(#function)));

static inline int real_fstatat(int folder, const char *path, struct stat *status, int flags)
{
    return (int)syscall(SYS_newfstatat, folder, path, status, flags);
}

static inline int real_fstat(int fd, struct stat *status)
{
    return (int)syscall(SYS_fstat, fd, status);
}

#endif
