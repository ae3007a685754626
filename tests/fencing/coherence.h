/* What one node was told is written, the other reads. */
#ifndef TESTS_FENCING_COHERENCE_H
#define TESTS_FENCING_COHERENCE_H

#include "../soak/soak_random.h"
#include "fencing_nodes.h"

struct coherence {
    uint64_t turns[2]; /* without and with a change of hands before it */
    uint64_t stale;    /* turns that read something else than the other node wrote last */
};

/* The nodes play for so many seconds: each in its turn reads what the other wrote, and writes anew;
 * one sector or a few hundred. Without `has_shim` nobody reserves. False where it could not go on.
 */
bool coherence_play(struct fencing_nodes *nodes, struct soak_random *random, double seconds,
                    bool has_shim, struct coherence *coherence);

#endif
