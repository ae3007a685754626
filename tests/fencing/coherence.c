#include "coherence.h"

#include "../bed/hex.h"

#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <time.h>

enum { STRETCH = 40 };

/* Two places, a sequence for each. */
static struct place {
    uint32_t first, count;
    uint64_t sequence;
} places[] = {{TURN_FIRST, 1, 0}, {TURN_FIRST + 1, TURN_SECTORS_MAX, 0}};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool take_before_turn(struct fencing_nodes *nodes, struct soak_random *random, int node)
{
    static const uint8_t types[] = {RESERVATION_TYPE_WRITE_EXCLUSIVE, RESERVATION_TYPE_EXCLUSIVE,
                                    RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
                                    RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS};
    struct fencing_change change;

    return fencing_take(nodes, node, types[soak_random(random, 4)], &change);
}

static bool take_turn(struct fencing_nodes *nodes, struct soak_random *random, int node,
                      struct coherence *coherence)
{
    static const uint32_t offsets[] = {0, 0, 512, 4, 1};
    struct place *place = &places[soak_random(random, 2)];
    const uint64_t old = place->sequence++;
    uint64_t error = 0, wrong = 0;
    const char *answer;

    if (!fencing_order(nodes, node, &answer, "turn %" PRIx64 " %" PRIx64 " %x %x %x %x", old,
                       place->sequence, place->first, place->count, offsets[soak_random(random, 5)],
                       soak_random(random, 2)))
        return false;
    if (!hex_read(&answer, &error) || !hex_read(&answer, &wrong) || error) {
        printf("FAILED: in its turn node %d got error %" PRIu64 "\n", node + 1, error);
        return false;
    }
    if (!old || !wrong) /* before the first nobody knows what is there */
        return true;
    if (coherence->stale++ < 3)
        printf("FAILED: node %d read %" PRIu64 " of %" PRIu32
               " sectors otherwise than the other had written them, in turn %" PRIu64 "\n",
               node + 1, wrong, place->count, old);
    return true;
}

bool coherence_play(struct fencing_nodes *nodes, struct soak_random *random, double seconds,
                    bool has_shim, struct coherence *coherence)
{
    const double end = now() + seconds;
    bool reserves = false;

    for (uint32_t turn = 0; turn % 2 || now() < end; turn++) {
        const int node = (int)turn % 2;

        if (turn % STRETCH == 0) {
            reserves = has_shim && !reserves;
            if (!fencing_free(nodes))
                return false;
        }
        if ((reserves && !take_before_turn(nodes, random, node)) ||
            !take_turn(nodes, random, node, coherence))
            return false;
        coherence->turns[reserves]++;
    }
    return fencing_free(nodes);
}
