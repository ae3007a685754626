/* JSON as RFC 8259 has it, written piece by piece. What is no UTF-8 becomes U+FFFD. */
#ifndef CONFORMANCE_JSON_WRITER_H
#define CONFORMANCE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { JSON_WRITER_DEPTH = 8 };

/* {stream} is a new one. */
struct json_writer {
    FILE *stream;
    unsigned depth;
    struct {
        bool list, one_line, filled;
    } levels[JSON_WRITER_DEPTH];
};

/* `name` is NULL in a list and for the outermost value. */
void json_begin_object(struct json_writer *writer, const char *name, bool one_line);
void json_begin_list(struct json_writer *writer, const char *name);
void json_end(struct json_writer *writer); /* of the innermost object or list */
void json_text(struct json_writer *writer, const char *name, const char *text);
void json_number(struct json_writer *writer, const char *name, uint32_t number);

/* A string in quotes, escaped as JSON has it, or as YAML: the same but for control characters,
 * which every reader of TAP knows as \\xNN only. */
enum json_escapes { JSON_ESCAPES, YAML_ESCAPES };
void json_escaped(FILE *stream, const char *text, enum json_escapes escapes);

#endif
