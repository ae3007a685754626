/* Trace files as one stream of lines, in the order of time. */
#ifndef HOLDFAST_LINUX_TRACE_READ_H
#define HOLDFAST_LINUX_TRACE_READ_H

#include "trace_parse.h"

#include <limits.h>
#include <stdint.h>
#include <sys/types.h>

/* FILE with what rotation has made of it, FILE.99 to FILE.1, the oldest first. */
struct trace_source {
    const char *path;
    int fd;          /* -1: at the end of all */
    unsigned number; /* of the file that is open: FILE.number, or FILE itself for 0 */
    dev_t device;    /* of the file that is open */
    ino_t inode;
    size_t start, end; /* of what is read and not yet used, in `buffer` */
    bool skips;        /* the rest of a line that is too long */
    bool has_line;     /* `line` is the next one */
    struct trace_parsed line;
    char sort_time[32]; /* a foreign line has that of the line before it */
    char buffer[2 * TRACE_TEXT_MAX];
};

/* False, with errno, where there is no such file. `source` is big; free nothing but call
 * trace_source_close. */
bool trace_source_open(struct trace_source *source, const char *path);
void trace_source_close(struct trace_source *source);

/* Makes source->line the next line, if there is one: false at the end. A last line without its end
 * is a line where `is_final`, else it is waited for. */
bool trace_source_next(struct trace_source *source, bool is_final);

/* The source whose next line is the earliest; NULL: all are at their ends. */
struct trace_source *trace_sources_next(struct trace_source *sources, size_t count, bool is_final);

#endif
