/* The two agents, and Linux' own way to the disk from a third initiator. */
#ifndef TESTS_FENCING_FENCING_NODES_H
#define TESTS_FENCING_FENCING_NODES_H

#include "../bed/windows_node.h"
#include "stamp.h"

struct fencing_change {
    int node; /* who takes the reservation */
    uint8_t type;
    uint64_t register_begin, preempt_begin, end; /* as struct fencing_record's times */
};

struct fencing_nodes {
    struct windows_node nodes[NODE_COUNT];
    int sg;             /* a node's, to free the disk */
    int observer;       /* the disk, O_DIRECT */
    uint64_t last_key;  /* a key is never used twice */
    uint64_t holds_key; /* the holder's; 0: nobody holds */
    int holder;
};

/* Starts both agents; under Wine alone where `folder`, in which holdfast.exe is, is NULL. False
 * after having said why, like all of these. */
bool fencing_nodes_start(struct fencing_nodes *nodes, const char *node_script, const char *agent,
                         const char *folder);
void fencing_nodes_stop(struct fencing_nodes *nodes);

/* Sends an order and takes its answer: *answer is what follows "ok". */
bool fencing_order(struct fencing_nodes *nodes, int node, const char **answer, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

/* Has the node take the reservation, from the other where that holds it. */
bool fencing_take(struct fencing_nodes *nodes, int node, uint8_t type,
                  struct fencing_change *change);

/* No reservation and no registration. */
bool fencing_free(struct fencing_nodes *nodes);

/* Reads `count` sectors past every cache; `sectors` is aligned to a page. */
bool fencing_read(const struct fencing_nodes *nodes, uint32_t count, void *sectors);

#endif
