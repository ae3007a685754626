/* A report of report_json, read back for --compare. */
#ifndef CONFORMANCE_REPORT_FILE_H
#define CONFORMANCE_REPORT_FILE_H

#include "json_reader.h"

struct file_case {
    const char *name, *verdict, *reason;
    const struct json *json;
};

struct report_file {
    const char *path;
    struct json_document document;
    const struct json *environment; /* an object of texts, or NULL */
    struct file_case *cases;        /* sorted by name; no name twice */
    size_t case_count;
};

/* False where the file is no such report: then it has said to `errors` what is wrong. The caller
 * frees it in any case. */
bool report_file_read(struct report_file *file, const char *path, FILE *errors);
void report_file_free(struct report_file *file);

#endif
