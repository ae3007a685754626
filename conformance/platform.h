/* Which system this is. */
#ifndef CONFORMANCE_PLATFORM_H
#define CONFORMANCE_PLATFORM_H

#include "environment.h"

/* Fills environment->platform and ->system. */
void platform_detect(struct environment *environment);

/* "windows", "wine", "holdfast", "reactos": for --platform. False for another word. */
bool platform_from_name(const char *name, uint32_t *platform);

#endif
