/* Hand-made results of the conformance suite, and what a reporter writes of them. */
#ifndef HOLDFAST_UNIT_CONFORMANCE_RUN_H
#define HOLDFAST_UNIT_CONFORMANCE_RUN_H

#include "expect.h"

#include "../../conformance/report.h"

#include <stdio.h>

/* Text that every format has to survive: quotes, brackets, a CDATA end, an escape sequence, other
 * control characters, # and \, bytes that are no UTF-8, and some that are. */
#define HOSTILE "\"'<&>]]> \x1b[31m \x01\t\n# \\ \xff\xc3 \xc3\xbc \xed\xa0\x80 \xc0\xaf"

/* A case of each verdict, with mismatches, observations and exchanges. The cases are static: a test
 * may change them after each call. */
struct run_result sample_run(void);
struct run_result empty_run(void);

/* What `write` put on the stream; the caller frees it. */
char *written(bool (*write)(FILE *stream, const struct run_result *run),
              const struct run_result *run);

/* The whole of a stream that can be read, from its beginning; the caller frees it. */
char *stream_text(FILE *stream);

/* How often `part` is in `text`. */
unsigned occurrences(const char *text, const char *part);

#endif
