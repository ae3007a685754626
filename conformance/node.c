#include "node.h"

bool node_request(struct node *node, const struct request *request, struct answer *answer)
{
    return !node->problem[0] && node->operations->request(node, request, answer);
}

bool node_scsi(struct node *node, const struct scsi_request *request, struct scsi_answer *answer)
{
    return !node->problem[0] && node->operations->scsi(node, request, answer);
}

bool node_raw(struct node *node, const struct raw_request *request, struct raw_answer *answer)
{
    return !node->problem[0] && node->operations->raw(node, request, answer);
}

void node_close(struct node *node)
{
    if (node)
        node->operations->close(node);
}
