/* Faults: what a Windows program sees of a disk, or of Linux' way to it, that goes wrong; and that
 * the next request on the same handle works. Each suite of faults is a table of rows; what was
 * expected and what was seen goes to a file for people, faults-NAME.txt in the log folder. */
#ifndef TESTS_BED_FAULT_H
#define TESTS_BED_FAULT_H

#include "bed.h"

enum fault_request {
    FAULT_READ_KEYS,
    FAULT_REGISTER,            /* REGISTER AND IGNORE EXISTING KEY */
    FAULT_REGISTER_APTPL,      /* REGISTER from key 0, with APTPL */
    FAULT_REGISTER_OVER_APTPL, /* REGISTER AND IGNORE EXISTING KEY, with APTPL */
    FAULT_RESERVE,
    FAULT_RELEASE,
};

enum { FAULT_SEVERAL = 0 }; /* two to five attempts: it depends on the moment */

/* How a request ends. */
struct fault_end {
    const char *status;    /* NTSTATUS as the trace names it */
    uint32_t error;        /* Win32, 0 for success */
    unsigned int attempts; /* commands sent; Linux' own retries are none */
    unsigned int seconds;  /* at most; several times what is due, the box may be busy */
};

struct fault {
    const char *words; /* for the table */
    const char *how;   /* for the maker */
    enum fault_request request;
    struct fault_end expected;
};

/* One way to make faults. */
struct fault_maker {
    void (*make)(const struct bed *bed, const char *how);
    void (*meanwhile)(const struct bed *bed); /* while the request is under way; or NULL */
    void (*mend)(const struct bed *bed, const char *how);
    enum fault_request next; /* what must work on the same handle when it is mended */
};

/* Starts an agent on node 1, with a timeout of two seconds per attempt, that opens `drive`. `name`
 * is the table's. One stand at a time, until fault_end_stand. */
struct fault_stand;
struct fault_stand *fault_begin_stand(const struct bed *bed, const char *name, const char *drive);

/* Tries every row, and fails the test at the end if any ended differently than expected. */
void fault_try(struct fault_stand *stand, const struct fault_maker *maker,
               const struct fault *faults, size_t count);

void fault_end_stand(struct fault_stand *stand);

#endif
