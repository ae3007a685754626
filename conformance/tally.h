/* Counts of equal texts: "12 cases: REASON" in place of twelve lines. */
#ifndef CONFORMANCE_TALLY_H
#define CONFORMANCE_TALLY_H

#include <stdbool.h>
#include <stddef.h>

enum { TALLY_TEXTS = 3 };

struct tally_row {
    const char *texts[TALLY_TEXTS]; /* equal rows have all of them equal; "" where unused */
    const char *example;            /* the name of the first case */
    size_t count;
    size_t order; /* of the first one's coming */
};

/* {0} is an empty one. The texts are not copied. */
struct tally {
    struct tally_row *rows;
    size_t count, room;
    bool incomplete; /* no memory for some */
};

void tally_add(struct tally *tally, const char *first, const char *second, const char *third,
               const char *example);
/* Makes one row of equal ones: the most frequent first, then as they came. */
void tally_finish(struct tally *tally);
void tally_free(struct tally *tally);

#endif
