/* One request on its way, from the caller's arguments to the answer in the caller's output. */
#ifndef HOLDFAST_SHIM_CALL_H
#define HOLDFAST_SHIM_CALL_H

#include "complete.h"
#include "disk.h"
#include "system_buffer.h"
#include "trace.h"

/* What the caller said, on a disk that is open. */
struct call_start {
    struct reservation_request request;
    void *output;
    struct completion completion;
    struct disk disk;
};

struct call {
    struct reservation_request request;
    void *output; /* the caller's */
    struct completion completion;
    struct disk disk;
    struct system_buffer buffer;
    struct reservation_plan plan;
    struct reservation_outcome outcome;
    struct trace_request trace;
};

/* Makes `call` and does what Windows does before the device is asked. NT_STATUS_PENDING, and the
 * call may run; else the status with which it is refused. The disk is the call's in either case. */
int32_t call_admit(struct call *call, const struct call_start *start);

/* Asks the device. May be another thread than the caller's. */
void call_run(struct call *call);

/* Gives the caller what is due to it; where its memory has gone the outcome says so. */
void call_copy_back(struct call *call);

/* Writes the trace line and lets go of the disk. */
void call_close(struct call *call);

#endif
