/* The Wine versions with which Holdfast's tests are run. */
#ifndef HOLDFAST_LINUX_WINE_VERSIONS_H
#define HOLDFAST_LINUX_WINE_VERSIONS_H

#include <stdbool.h>

/* "8.0", also as "8.0.1" or "8.0 (Debian 8.0~repack-4)". */
bool wine_version_is_tested(const char *version);

#endif
