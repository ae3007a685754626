/* The soak's two agents. */
#ifndef TESTS_SOAK_SOAK_NODES_H
#define TESTS_SOAK_SOAK_NODES_H

#include "../bed/windows_node.h"
#include "soak_request.h"

struct soak_nodes {
    struct windows_node nodes[NODES];
    uint32_t strays[NODES]; /* completion packets that nobody was waiting for */
};

/* Starts both agents by holdfast.exe and opens their handles. False after having said why. */
bool soak_nodes_start(struct soak_nodes *nodes, const char *node_script, const char *agent);
void soak_nodes_stop(struct soak_nodes *nodes);

/* Has both nodes make the burst's requests at once and keeps the answers. False after having said
 * why: an agent that is gone or speaks nonsense. */
bool soak_nodes_run(struct soak_nodes *nodes, struct soak_burst *burst);

#endif
