/* Another machine as an initiator, by its holdfast-conformance --serve. */
#ifndef CONFORMANCE_PEER_NODE_H
#define CONFORMANCE_PEER_NODE_H

#include "node.h"
#include "wire.h"

/* Connects to HOST:PORT or [IPV6]:PORT and proves to each other that both know the secret. An
 * answer that takes longer than `timeout_s` (the time of a case) means that the node is lost.
 *
 * The caller compares `information`: that it is the same logical unit (disk.designator) and the
 * same work_block, and takes what the peer's operator did not consent to as impossible on this
 * node: the server refuses such requests, and a node that was refused is lost.
 * NULL with words in `problem`. The caller ends it with node_close, which ends the session. */
struct node *peer_node_connect(const char *address, const char *secret, uint32_t timeout_s,
                               struct peer_information *information,
                               char problem[NODE_PROBLEM_MAX]);

#endif
