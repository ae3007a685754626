/* What a file in cases/ contains: one behaviour, with its rows. Each row is a case. */
#ifndef CONFORMANCE_BEHAVIOUR_H
#define CONFORMANCE_BEHAVIOUR_H

#include "test.h"

struct behaviour {
    const char *name;   /* "pr_out.reserve.type_sweep": families first, see docs/conformance.md */
    const char *source; /* what says so: a document page, a class driver function, an SPC clause */
    uint32_t needs;     /* enum need */
    /* One case with the behaviour's own name where `rows` is 0; else a case for each row, with
     * ".ROW" behind the name. The names are the first members of a table's rows, or made. */
    unsigned rows;
    const void *table;
    size_t row_size;
    void (*row_name)(unsigned row, char *name, size_t size);
    /* Begins with the disk free of registrations and reservations; may leave it as it likes. */
    void (*run)(struct test *test, unsigned row);
    /* For a sweep whose rows differ in it: what this row needs beyond `needs`. May be NULL. */
    uint32_t (*row_needs)(unsigned row);
};

/* .ROWS(rows) for a table whose rows begin with `const char *name`. */
#define ROWS(array) \
    .rows = sizeof(array) / sizeof((array)[0]), .table = (array), .row_size = sizeof((array)[0])

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { CASE_NAME_MAX = 128 };

/* The case's name; `row` is 0 where there are no rows. */
void behaviour_case_name(const struct behaviour *behaviour, unsigned row, char name[CASE_NAME_MAX]);

/* At least 1. */
unsigned behaviour_cases(const struct behaviour *behaviour);

/* Every behaviour, in the order of cases/list.h; NULL behind the last. */
extern const struct behaviour *const behaviours[];

#endif
