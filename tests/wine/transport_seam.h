#ifndef HOLDFAST_TESTS_WINE_TRANSPORT_SEAM_H
#define HOLDFAST_TESTS_WINE_TRANSPORT_SEAM_H

#include <stdbool.h>

/* What DllMain does before it hooks. False where another side was chosen than that off Wine. */
bool transport_seam_begin(void);

#endif
