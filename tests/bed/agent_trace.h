/* What Holdfast's trace says of the requests of one agent: the part of a fault's handling that a
 * Windows program cannot see. */
#ifndef TESTS_BED_AGENT_TRACE_H
#define TESTS_BED_AGENT_TRACE_H

#include <stdbool.h>
#include <stdio.h>

#define AGENT_TRACE_PATH "/tmp/holdfast-agent.trace"

/* One traced request. */
struct traced_request {
    char status[48];       /* "STATUS_SUCCESS" */
    unsigned int attempts; /* commands sent */
};

/* Makes agents that are started from now on write a trace, a fresh one, or no longer do so. */
void agent_trace_begin(void);
void agent_trace_end(void);

/* Reads the next traced request, waiting a little for it; false where there is none. `trace` is the
 * open file. */
bool agent_trace_next(FILE *trace, struct traced_request *request);

#endif
