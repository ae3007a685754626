/* The other initiator: --other's disk name or --peer's machine. */
#ifndef CONFORMANCE_SECOND_NODE_H
#define CONFORMANCE_SECOND_NODE_H

#include "environment.h"
#include "node.h"
#include "options.h"

/* Leaves *node NULL where the options name none. False, said on stderr, where there is one but it
 * cannot be reached, is another unit or has not consented to what this run is to do. */
bool second_node_open(const struct options *options, const struct disk_identity *first,
                      uint32_t work_block, struct node **node);

#endif
