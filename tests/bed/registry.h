/* The map of disks in the registry of node 1's prefix. */
#ifndef TESTS_BED_REGISTRY_H
#define TESTS_BED_REGISTRY_H

#include "bed.h"

/* Gives a device of Wine's own, "\Device\Harddisk0" or the like, this Unix path; NULL takes it
 * away. Fails the test where that cannot be done. */
void registry_map(const struct bed *bed, const char *object, const char *path);

#endif
