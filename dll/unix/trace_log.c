#include "trace_log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_PAUSE_US = 20, LONGEST_PAUSE_US = 1000 };

/* No pipe without a reader holds it up, no terminal becomes the process' own, and no program that
 * is started inherits it. Keys stand in it, so it is not for everybody. */
static int open_file(const char *path)
{
    return open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0640);
}

int trace_log_open(struct trace_log *log, const char *path, uint64_t limit, uint32_t keep)
{
    if (log->fd >= 0 || path[0] != '/' || strlen(path) >= sizeof(log->path) || keep < 1 ||
        keep > TRACE_LOG_KEEP_MAX)
        return EINVAL;
    log->fd = open_file(path);
    if (log->fd < 0 && errno == EACCES) /* /dev/stderr and the like may be for writing alone */
        log->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (log->fd < 0)
        return errno;
    log->limit = limit;
    log->keep = keep;
    memcpy(log->path, path, strlen(path) + 1);
    return 0;
}

static int64_t now_us(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* One byte that no file ever has, the same that Windows' side locks where there is no Unix side. An
 * open file description's lock, because a process' own would be lost with any close of the file. */
static bool try_lock(int fd, short type)
{
    struct flock range = {
        .l_type = type, .l_whence = SEEK_SET, .l_start = 0x7ffffffffffffffe, .l_len = 1};

    return fcntl(fd, F_OFD_SETLK, &range) == 0;
}

/* Waits by looking again: a blocking request could not be given a deadline. */
static bool lock(int fd, int64_t deadline_us)
{
    long pause_us = FIRST_PAUSE_US;

    while (!try_lock(fd, F_WRLCK)) {
        const struct timespec pause = {.tv_nsec = pause_us * 1000};

        if ((errno != EAGAIN && errno != EACCES) || now_us() >= deadline_us)
            return false;
        nanosleep(&pause, NULL);
        if (pause_us < LONGEST_PAUSE_US)
            pause_us *= 2;
    }
    return true;
}

/* "FILE.2"; FILE itself for 0. */
static void name_rotated(const struct trace_log *log, uint32_t number, char name[PATH_MAX + 16])
{
    if (number)
        snprintf(name, PATH_MAX + 16, "%s.%u", log->path, number);
    else
        snprintf(name, PATH_MAX + 16, "%s", log->path);
}

/* FILE is renamed last: until then nobody else can hold a lock on a file that is to be rotated. */
static bool rotate(const struct trace_log *log)
{
    char from[PATH_MAX + 16], to[PATH_MAX + 16];

    for (uint32_t number = log->keep; number > 0; number--) {
        name_rotated(log, number - 1, from);
        name_rotated(log, number, to);
        if (rename(from, to) < 0 && (errno != ENOENT || number == 1))
            return false;
    }
    return true;
}

static bool is_current(const struct trace_log *log, const struct stat *own)
{
    struct stat current;

    return stat(log->path, &current) == 0 && current.st_ino == own->st_ino &&
           current.st_dev == own->st_dev;
}

/* A file is full from its limit on, whatever the next line's length: so a process that comes back
 * to a file that others have rotated meanwhile sees that it is done with. */
static bool is_full(const struct trace_log *log, struct stat *own)
{
    return log->limit && fstat(log->fd, own) == 0 && S_ISREG(own->st_mode) &&
           (uint64_t)own->st_size >= log->limit;
}

/* Called with the file locked, and leaves the file it ends with locked. False: there is no lock.
 * While this writer opens the current file, others may fill and rotate that one too, so it follows
 * them until it holds a file that is not full. */
static bool leave_full_files(struct trace_log *log, int64_t deadline_us)
{
    struct stat own;

    while (is_full(log, &own)) {
        int next;

        if (is_current(log, &own) && !rotate(log))
            return true; /* it grows on: better than to lose a line */
        next = open_file(log->path);
        if (next < 0)
            return true;
        close(log->fd); /* and with it the lock */
        log->fd = next;
        if (!lock(log->fd, deadline_us))
            return false;
    }
    return true;
}

/* What a full disk has cut off is taken away again, unless a writer without the lock has appended
 * to it meanwhile: a torn line does less harm than a lost one. */
static void take_back(int fd, ssize_t written)
{
    const off_t end = lseek(fd, 0, SEEK_CUR); /* O_APPEND leaves it behind what was written */
    struct stat status;

    if (end >= written && fstat(fd, &status) == 0 && status.st_size == end &&
        ftruncate(fd, end - written) < 0)
        return; /* nothing more can be done */
}

static int append(const struct trace_log *log, const void *bytes, size_t length, bool is_locked)
{
    const ssize_t written = write(log->fd, bytes, length);

    if (written == (ssize_t)length)
        return 0;
    if (written < 0)
        return errno;
    if (is_locked)
        take_back(log->fd, written);
    return ENOSPC;
}

static int write_line(struct trace_log *log, const void *bytes, size_t length)
{
    const int64_t deadline_us = now_us() + (int64_t)log->patience_ms * 1000;
    bool is_locked = lock(log->fd, deadline_us);
    int error;

    if (is_locked)
        is_locked = leave_full_files(log, deadline_us);
    error = append(log, bytes, length, is_locked);
    if (is_locked)
        try_lock(log->fd, F_UNLCK);
    return error;
}

/* Signals wait: Wine ends and suspends threads by them, and this one holds locks. */
int trace_log_write(struct trace_log *log, const void *bytes, size_t length)
{
    sigset_t all, before;
    int error = EBADF;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_mutex_lock(&log->mutex);
    if (log->fd >= 0)
        error = write_line(log, bytes, length);
    pthread_mutex_unlock(&log->mutex);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}
