/* How long a test waits for what must come. Only a hang takes longer, also on a machine at load 8:
 * no test measures anything by it. HOLDFAST_TEST_PATIENCE multiplies it, for emulators and the
 * like. */
#ifndef HOLDFAST_TESTS_PATIENCE_H
#define HOLDFAST_TESTS_PATIENCE_H

#include <stdlib.h>

enum { PATIENCE_MS = 60 * 1000, PATIENCE_FACTOR_MAX = 1000 };

static inline unsigned patience_ms(void)
{
    const char *text = getenv("HOLDFAST_TEST_PATIENCE");
    const unsigned long factor = text ? strtoul(text, NULL, 10) : 1;

    return PATIENCE_MS * (unsigned)(factor >= 1 && factor <= PATIENCE_FACTOR_MAX ? factor : 1);
}

#endif
