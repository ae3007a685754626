/* What can be done here, found out before the first case. Portable. */
#ifndef CONFORMANCE_PROBE_H
#define CONFORMANCE_PROBE_H

#include "environment.h"
#include "node.h"

struct consents {
    bool reserve, data_loss, bus_reset;
};

/* Fills environment->can and ->reason of everything that reading tells; work_block too. */
void probe_by_reading(struct environment *environment, struct node *node,
                      const struct consents *consents);

/* The rest, with the consent to reservations and the journal written: LEGACY and its opposite. */
void probe_by_reserving(struct environment *environment, struct node *node);

/* BREAK, by doing it. The second node may be NULL. */
void probe_by_resetting(struct environment *environment, struct node *const nodes[2]);

/* Proves that the second node is another initiator of the same unit: a key that the first one
 * registers is seen by the second, and the second's own is one more. False with `problem`. */
bool probe_second_node(struct node *const nodes[2], uint64_t key_base, char problem[REASON_MAX]);

#endif
