/* The trace: lines about reservation requests, for people and for grep. docs/trace.md has the
 * settings and the fields. Nothing here allocates. */
#ifndef HOLDFAST_SHIM_TRACE_H
#define HOLDFAST_SHIM_TRACE_H

#include "../reservation/reservation.h"
#include "disk.h"
#include "trace_settings.h"
#include <windows.h>

struct trace_request {
    LARGE_INTEGER started; /* of QueryPerformanceCounter; 0 where nothing is traced */
    DWORD thread;          /* the caller's */
};

/* Both set once, by trace_open. The level is TRACE_OFF where there is nowhere to write to. */
extern enum trace_level trace_level;
extern struct trace_settings trace_settings;

/* Reads the settings and opens what they name. Called once, from DllMain. */
void trace_open(void);

static inline bool trace_wants(enum trace_level level)
{
    return trace_level >= level;
}

void trace_begin(struct trace_request *trace);
void trace_end(const struct trace_request *trace, const struct disk *disk, uint32_t control_code,
               const struct reservation_plan *plan, const struct reservation_outcome *outcome);

/* A request that the system has answered. `error` is the last error, 0 for a success. */
void trace_system(const struct trace_request *trace, uint32_t control_code, DWORD error);

/* A line about the shim itself, where this level is wanted. */
__attribute__((format(gnu_printf, 2, 3))) void trace_note(enum trace_level level,
                                                          const char *format, ...);

/* The line about this process, with which its part of the trace begins. */
void trace_program(const char *hook, const char *side, const char *wine);

long long trace_microseconds_since(const LARGE_INTEGER *started);

#endif
