/* The trace: one line for each reservation request, for people and for grep.
 *
 * HOLDFAST_TRACE says where to: "stderr", a file (a Unix path or a Windows path; lines are
 * appended, whole, however many processes write), or "off" or nothing. docs/architecture.md shows a
 * line. */
#ifndef HOLDFAST_SHIM_TRACE_H
#define HOLDFAST_SHIM_TRACE_H

#include "../reservation/reservation.h"
#include "disk.h"
#include <windows.h>

struct trace_request {
    LARGE_INTEGER started; /* of QueryPerformanceCounter; 0 where nothing is traced */
    DWORD thread;          /* the caller's */
};

/* Reads HOLDFAST_TRACE and opens what it names. Called once, from DllMain. */
void trace_open(void);

void trace_begin(struct trace_request *trace);
void trace_end(const struct trace_request *trace, const struct disk *disk, uint32_t control_code,
               const struct reservation_plan *plan, const struct reservation_outcome *outcome);

/* A line about the shim itself. Does nothing where nothing is traced. */
__attribute__((format(gnu_printf, 1, 2))) void trace_note(const char *format, ...);

#endif
