#include "trace_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROTATED_MAX = 99 };

static void name_file(const char *path, unsigned number, char name[PATH_MAX + 16])
{
    if (number)
        snprintf(name, PATH_MAX + 16, "%s.%u", path, number);
    else
        snprintf(name, PATH_MAX + 16, "%s", path);
}

/* A descriptor, or -1 with errno. */
static int open_file(const char *path, unsigned number, struct stat *status)
{
    char name[PATH_MAX + 16];
    int fd;

    name_file(path, number, name);
    fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd >= 0 && (fstat(fd, status) < 0 || S_ISDIR(status->st_mode))) {
        close(fd);
        errno = EISDIR;
        return -1;
    }
    return fd;
}

static void go_on_with(struct trace_source *source, unsigned number, int fd,
                       const struct stat *status)
{
    trace_source_close(source);
    source->fd = fd;
    source->number = number;
    source->device = status->st_dev;
    source->inode = status->st_ino;
}

static bool open_number(struct trace_source *source, unsigned number)
{
    struct stat status;
    const int fd = open_file(source->path, number, &status);

    if (fd >= 0)
        go_on_with(source, number, fd, &status);
    return fd >= 0;
}

static unsigned count_rotated(const char *path)
{
    unsigned number = 0;
    char name[PATH_MAX + 16];

    do
        name_file(path, ++number, name);
    while (number <= ROTATED_MAX && access(name, R_OK) == 0);
    return number - 1;
}

static bool open_oldest(struct trace_source *source)
{
    for (unsigned number = count_rotated(source->path); number > 0; number--)
        if (open_number(source, number))
            return true;
    return open_number(source, 0);
}

bool trace_source_open(struct trace_source *source, const char *path)
{
    source->path = path;
    source->fd = -1;
    source->start = source->end = 0;
    source->skips = source->has_line = false;
    source->sort_time[0] = 0;
    return open_oldest(source);
}

void trace_source_close(struct trace_source *source)
{
    if (source->fd >= 0)
        close(source->fd);
    source->fd = -1;
}

static bool is_open_file(const struct trace_source *source, unsigned number)
{
    char name[PATH_MAX + 16];
    struct stat status;

    name_file(source->path, number, name);
    return stat(name, &status) == 0 && status.st_ino == source->inode &&
           status.st_dev == source->device;
}

/* What the open file is called by now; above ROTATED_MAX: it is gone. */
static unsigned current_number(const struct trace_source *source)
{
    unsigned number = 0;

    while (number <= ROTATED_MAX && !is_open_file(source, number))
        number++;
    return number;
}

/* The file that rotation put after the open one, whatever the open one is called by now. Rotation
 * renames the older file first (dll/unix/trace_log.c), so where the open one still has its name
 * after its successor was opened, that was its successor; else another rotation came between. One
 * that is no longer there at all was more than FILE's count of rotations ago: on with the oldest.
 */
static bool open_later(struct trace_source *source)
{
    unsigned number;

    while ((number = current_number(source)) <= ROTATED_MAX) {
        struct stat status;
        int fd;

        if (number == 0)
            return false;
        fd = open_file(source->path, number - 1, &status);
        if (is_open_file(source, number)) {
            if (fd >= 0)
                go_on_with(source, number - 1, fd, &status);
            return fd >= 0;
        }
        if (fd >= 0)
            close(fd);
    }
    return open_oldest(source);
}

/* True where there is more in the buffer than before. */
static bool fill(struct trace_source *source)
{
    ssize_t got;

    memmove(source->buffer, source->buffer + source->start, source->end - source->start);
    source->end -= source->start;
    source->start = 0;
    if (source->end == sizeof(source->buffer))
        return false;
    do
        got = read(source->fd, source->buffer + source->end, sizeof(source->buffer) - source->end);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    source->end += (size_t)got;
    return true;
}

static void take(struct trace_source *source, size_t length)
{
    const char *bytes = source->buffer + source->start;

    trace_parse(bytes, length, &source->line);
    if (*source->line.time)
        snprintf(source->sort_time, sizeof(source->sort_time), "%s", source->line.time);
    source->has_line = true;
}

/* A line that is whole in the buffer, or fills it. */
static bool take_from_buffer(struct trace_source *source)
{
    const size_t length = source->end - source->start;
    const char *start = source->buffer + source->start, *end = memchr(start, '\n', length);
    const bool was_skipped = source->skips;

    if (!end && length < TRACE_TEXT_MAX)
        return false;
    source->skips = !end;
    if (!was_skipped)
        take(source, end ? (size_t)(end - start) : length);
    source->start += end ? (size_t)(end - start) + 1 : length;
    return true;
}

bool trace_source_next(struct trace_source *source, bool is_final)
{
    while (!source->has_line) {
        const bool is_partial = source->end > source->start;
        bool is_current;

        if (source->fd < 0)
            return false;
        if (take_from_buffer(source) || fill(source))
            continue;
        is_current = is_open_file(source, 0);
        if (!is_current &&
            fill(source)) /* what came before the rotation, and after the last look */
            continue;
        if (is_partial && (is_final || !is_current)) {
            if (!source->skips)
                take(source, source->end - source->start);
            source->start = source->end;
        } else if (is_current || !open_later(source)) {
            return false;
        }
    }
    return true;
}

struct trace_source *trace_sources_next(struct trace_source *sources, size_t count, bool is_final)
{
    struct trace_source *first = NULL;

    for (size_t i = 0; i < count; i++)
        if (trace_source_next(&sources[i], is_final) &&
            (!first || strcmp(sources[i].sort_time, first->sort_time) < 0))
            first = &sources[i];
    return first;
}
