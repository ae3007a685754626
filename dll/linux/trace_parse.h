/* A line of the trace, taken apart. Lines come from a file that anybody may have written to. */
#ifndef HOLDFAST_LINUX_TRACE_PARSE_H
#define HOLDFAST_LINUX_TRACE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

enum { TRACE_FIELDS_MAX = 32, TRACE_TEXT_MAX = 4096 };

enum trace_kind {
    TRACE_REQUEST_LINE,
    TRACE_COMMAND_LINE,
    TRACE_NOTE_LINE,
    TRACE_FOREIGN_LINE, /* not Holdfast's, or torn */
};

/* Everything points into `text`, where control characters and what is no UTF-8 have become '?'. */
struct trace_parsed {
    enum trace_kind kind;
    const char *time; /* "2026-11-21T05:14:27.704963Z"; "" of a foreign line */
    size_t count;
    struct trace_field {
        const char *name;
        const char *value;
    } fields[TRACE_FIELDS_MAX];
    char text[TRACE_TEXT_MAX];  /* taken apart */
    char whole[TRACE_TEXT_MAX]; /* as it came */
};

/* `length` bytes without the line end; what exceeds TRACE_TEXT_MAX is cut off, and foreign. */
void trace_parse(const char *bytes, size_t length, struct trace_parsed *line);

/* The value of a field, or "" where the line has none. */
const char *trace_field(const struct trace_parsed *line, const char *name);

/* Whether it tells of a failure, or is a note about one. */
bool trace_is_error(const struct trace_parsed *line);

#endif
