#include "agent_trace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TRIES = 3000, BETWEEN_TRIES_US = 20 * 1000 };

void agent_trace_begin(void)
{
    unlink(AGENT_TRACE_PATH);
    setenv("HOLDFAST_TRACE", AGENT_TRACE_PATH, 1);
}

void agent_trace_end(void)
{
    unsetenv("HOLDFAST_TRACE");
}

/* Reads one line, or leaves the file where it was if the line is not complete yet. */
static bool read_line(FILE *trace, char *line, int size)
{
    const long start = ftell(trace);

    clearerr(trace);
    if (fgets(line, size, trace) && strchr(line, '\n'))
        return true;
    fseek(trace, start, SEEK_SET);
    return false;
}

/* Lines about the shim itself have neither. */
static bool parse(const char *line, struct traced_request *request)
{
    const char *attempts = strstr(line, " attempts="), *status = strstr(line, " status=");
    char *end;

    if (!attempts || !status)
        return false;
    request->attempts = (unsigned int)strtoul(attempts + strlen(" attempts="), &end, 10);
    return sscanf(status, " status=%47s", request->status) == 1;
}

bool agent_trace_next(FILE *trace, struct traced_request *request)
{
    char line[2048];

    for (int i = 0; i < TRIES; usleep(BETWEEN_TRIES_US), i++)
        while (read_line(trace, line, sizeof(line)))
            if (parse(line, request))
                return true;
    return false;
}
