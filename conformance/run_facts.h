/* The lines of a report's environment block. */
#ifndef CONFORMANCE_RUN_FACTS_H
#define CONFORMANCE_RUN_FACTS_H

#include "compiler.h"
#include "environment.h"
#include "options.h"
#include "result.h"

void run_fact(struct run_result *run, const char *name, const char *format, ...)
    PRINTF_FORMAT(3, 4);

/* When the run begins, the program, the system, the disk, the consents. */
void run_facts_begin(struct run_result *run, const struct environment *environment,
                     const struct options *options);

#endif
