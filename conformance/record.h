/* Writing into a case's result: see test.h for what cases use of it. */
#ifndef CONFORMANCE_RECORD_H
#define CONFORMANCE_RECORD_H

#include "test.h"

/* An empty place for one more exchange, or NULL where the report has enough of them. */
struct exchange *record_exchange(struct test *test);

#endif
