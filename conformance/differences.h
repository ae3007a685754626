/* Where a platform is known to answer otherwise than the cases expect. Data, so that nobody has to
 * read code to know: each row is in the report, with its reason, whenever it is seen. */
#ifndef CONFORMANCE_DIFFERENCES_H
#define CONFORMANCE_DIFFERENCES_H

#include "environment.h"

struct difference {
    uint32_t where;    /* ON_ bits */
    uint32_t lacking;  /* only where one of these needs is not met; 0: always */
    const char *cases; /* a pattern with * and ? */
    const char *seen;  /* what the first mismatch's `seen` contains; NULL: anything */
    const char *reason;
};

/* The difference that is expected of this case here, or NULL. */
const struct difference *difference_of(const struct environment *environment, const char *name);

/* `name` matches `pattern`, in which * is any text and ? any character. */
bool pattern_matches(const char *pattern, const char *name);

#endif
