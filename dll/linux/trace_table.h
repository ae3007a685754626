/* Lines of the trace as rows of a table. */
#ifndef HOLDFAST_LINUX_TRACE_TABLE_H
#define HOLDFAST_LINUX_TRACE_TABLE_H

#include "../command/text.h"
#include "trace_parse.h"

/* Which process is which program, as far as notes have told. Starts as {0}. */
enum { TRACE_PROGRAMS_MAX = 256 };
struct trace_programs {
    struct {
        char pid[12];
        char name[24];
    } rows[TRACE_PROGRAMS_MAX];
    size_t next;
};
void trace_programs_learn(struct trace_programs *programs, const struct trace_parsed *line);

void trace_table_add_header(struct text *text);
void trace_table_add_line(struct text *text, const struct trace_parsed *line,
                          const struct trace_programs *programs);

/* One JSON object and a line end. */
void trace_json_add_line(struct text *text, const struct trace_parsed *line, const char *file);

#endif
