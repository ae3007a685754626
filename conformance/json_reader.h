/* JSON as RFC 8259 has it, read into a tree. Made for files from strangers: nothing recurses,
 * depth, size and number of values are bounded, and what is wrong is said with its place. */
#ifndef CONFORMANCE_JSON_READER_H
#define CONFORMANCE_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
    JSON_DEPTH_MAX = 32,
    JSON_VALUES_MAX = 2 * 1000 * 1000,
    JSON_BYTES_MAX = 64 * 1024 * 1024,
};

enum json_type { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json {
    enum json_type type;
    const char *name; /* of an object's member; else NULL */
    /* A string's characters; an escaped NUL and lone surrogates are U+FFFD there. */
    const char *text;
    uint64_t number;    /* UINT64_MAX where it is not a whole number from 0 to below that */
    struct json *first; /* of a list or an object, in the order of the file */
    struct json *next;
};

struct json_chunk;

/* {0} is an empty one. */
struct json_document {
    struct json *root;
    char *bytes;
    struct json_chunk *chunks;
    size_t values;
};

enum { JSON_PROBLEM_MAX = 120 };

struct json_problem {
    size_t line, column; /* from 1; bytes */
    char text[JSON_PROBLEM_MAX];
};

/* Takes `bytes`, which has a NUL behind its `length`, over; also where it fails. The caller frees
 * the document in any case. */
bool json_parse(struct json_document *document, char *bytes, size_t length,
                struct json_problem *problem);

/* The whole of a file; says to `errors` what is wrong with it, with its name and the place. */
bool json_read_file(struct json_document *document, const char *path, FILE *errors);

void json_free(struct json_document *document);

/* The first member of this name and type, or NULL. `object` may be NULL or no object. */
const struct json *json_member(const struct json *object, const char *name, enum json_type type);
/* Its text, or "" */
const char *json_member_text(const struct json *object, const char *name);

#endif
