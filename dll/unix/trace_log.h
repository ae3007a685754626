/* A file that several processes append lines to, and that is rotated by size: FILE becomes FILE.1,
 * FILE.1 becomes FILE.2, and so on.
 *
 * Here and not on Windows' side, because Wine appends by looking for the end first, and cannot
 * rename a file over one that another process still has open. */
#ifndef HOLDFAST_UNIX_TRACE_LOG_H
#define HOLDFAST_UNIX_TRACE_LOG_H

#include <limits.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

enum { TRACE_LOG_KEEP_MAX = 99, TRACE_LOG_PATIENCE_MS = 500 };

struct trace_log {
    pthread_mutex_t mutex; /* the file's lock is the process', not a thread's */
    int fd;                /* -1: not open */
    uint64_t limit;        /* bytes from which on a file is rotated; 0: never */
    uint32_t keep;         /* rotated files, 1 to TRACE_LOG_KEEP_MAX */
    uint32_t patience_ms;  /* for the lock of the current file; then a line goes without it */
    char path[PATH_MAX];
};

#define TRACE_LOG_CLOSED                                                                   \
    {                                                                                      \
        .mutex = PTHREAD_MUTEX_INITIALIZER, .fd = -1, .patience_ms = TRACE_LOG_PATIENCE_MS \
    }

/* Opens or makes the file. 0 or an errno. */
int trace_log_open(struct trace_log *log, const char *path, uint64_t limit, uint32_t keep);

/* Appends `length` bytes, which end a line, in one piece or not at all. 0 or an errno. A file that
 * has reached the limit gets no further line. Never waits longer than patience_ms: where another
 * process holds the lock and does not go on, the bytes are appended without it to the file that is
 * open here, however large that is, and nothing is rotated. */
int trace_log_write(struct trace_log *log, const void *bytes, size_t length);

#endif
