/* Threads of our own, on which overlapped requests run: as many as there are lanes busy at once,
 * and made when they are needed. */
#ifndef HOLDFAST_SHIM_WORKER_H
#define HOLDFAST_SHIM_WORKER_H

#include <stdbool.h>

/* What is submitted to one lane runs in the order of submission, one after the other. All zeros is
 * an empty lane. Guarded by worker.c. */
struct lane {
    struct work *first, *last; /* that wait */
    bool is_busy;
};

struct work {
    void (*run)(struct work *work);
    void (*release)(struct work *work); /* after which the work and its lane may be gone */
    struct lane *lane;                  /* or NULL: waits for nobody */
    struct work *next;
};

/* False where there is no thread to be had, or it could not begin before the caller goes on; then
 * nothing has happened. */
bool worker_submit(struct work *work);

#endif
