/* A handle in the hands of another process. */
#ifndef HOLDFAST_TESTS_WINE_INHERITED_H
#define HOLDFAST_TESTS_WINE_INHERITED_H

#include "test.h"

/* Gives a child, which carries the shim, a duplicate of `disk`. Returns the last error of its
 * RESERVE, 0 for success. */
DWORD reserve_in_child(HANDLE disk);

#endif
