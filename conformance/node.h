/* An initiator of the disk under test: this machine by one of its disk names (local_node.h), or
 * another machine that serves (peer_node.h). */
#ifndef CONFORMANCE_NODE_H
#define CONFORMANCE_NODE_H

#include "request.h"

struct node;

/* Each returns false where the request could not be carried out at all (a peer that is gone, a
 * handle that cannot be opened): then node->problem says why. What the system answers, errors
 * included, is an answer. */
struct node_operations {
    bool (*request)(struct node *node, const struct request *request, struct answer *answer);
    bool (*scsi)(struct node *node, const struct scsi_request *request, struct scsi_answer *answer);
    bool (*raw)(struct node *node, const struct raw_request *request, struct raw_answer *answer);
    void (*close)(struct node *node); /* frees the node too */
};

enum { NODE_NAME_MAX = 300, NODE_PROBLEM_MAX = 256 };

struct node {
    const struct node_operations *operations;
    char name[NODE_NAME_MAX];       /* UTF-8: the disk's name, and the peer's where there is one */
    char problem[NODE_PROBLEM_MAX]; /* why it is lost; empty while it is not */
};

/* The operations, by name. A node that was lost stays lost. */
bool node_request(struct node *node, const struct request *request, struct answer *answer);
bool node_scsi(struct node *node, const struct scsi_request *request, struct scsi_answer *answer);
bool node_raw(struct node *node, const struct raw_request *request, struct raw_answer *answer);
void node_close(struct node *node); /* NULL is fine */

#endif
