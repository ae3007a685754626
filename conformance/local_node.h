/* This machine as an initiator, by one of its disk names. */
#ifndef CONFORMANCE_LOCAL_NODE_H
#define CONFORMANCE_LOCAL_NODE_H

#include "node.h"

#include <stddef.h>

/* Handles are opened as requests need them and kept. NULL without memory. The disk is not opened
 * yet. The caller ends it with node_close. */
struct node *local_node_create(const wchar_t *disk_name);

#endif
