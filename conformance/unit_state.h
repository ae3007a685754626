/* The logical unit's reservations as a value: bringing the unit there, reading it back, comparing,
 * and what SPC says a request makes of it. Everything goes through the control codes under test. */
#ifndef CONFORMANCE_UNIT_STATE_H
#define CONFORMANCE_UNIT_STATE_H

#include "test.h"

enum { NOBODY = -1 };

/* The keys are the run's own (unit_key); 0 is none. A legacy holder is one by RESERVE. */
struct unit_state {
    uint64_t key[NODES];
    int holder; /* a node, or NOBODY */
    uint8_t type;
    int legacy_holder; /* a node, or NOBODY */
};

/* {no keys, no holder} */
extern const struct unit_state unit_free;

/* The run's key number `number` (1 to 0xffff): marked, so that a clean-up knows it. By convention
 * number 1 is node 1's, 2 node 2's; 9 is never registered. */
uint64_t unit_key(const struct test *test, unsigned number);

/* No registrations, no reservations. False, and recorded, where that fails, above all where a key
 * of somebody else has come up. */
bool free_unit(struct test *test);

/* Brings the unit into this state, from whatever it is in. False, and recorded, where that fails.
 * A state of both nodes needs both. */
bool arrange(struct test *test, const struct unit_state *state);

/* Reads keys and reservation from every node there is, and expects exactly this state. Leaves
 * legacy reservations aside: a PR IN may conflict with them. */
bool expect_unit(struct test *test, const struct unit_state *state);

/* What READ KEYS and READ RESERVATION say to a node, as it came. */
enum { UNIT_VIEW_KEYS = 16 };
struct unit_view {
    uint32_t generation;
    unsigned key_count; /* all that the unit has; at most UNIT_VIEW_KEYS are below */
    uint64_t keys[UNIT_VIEW_KEYS];
    bool held;
    uint64_t holder_key;
    uint8_t type, scope;
};
bool read_unit(struct test *test, unsigned node, struct unit_view *view);

/* A request of node 1 that is to do nothing: expect(), and keys, reservation and generation are the
 * same afterwards. */
bool expect_no_effect(struct test *test, const struct request *request, int32_t status);

/* PR OUT from a node, as SPC-4 5.12 has it: the statuses that are right for `before`, and the state
 * afterwards. `count` of them, the standard's first; others are known from disks. */
enum { SPC_OUTCOMES = 3 };
struct spc_answer {
    struct outcome outcomes[SPC_OUTCOMES];
    size_t count;
    enum question question;  /* where count is more than 1 */
    struct unit_state after; /* if the first outcome is a success and was seen; else `before` */
};
struct spc_answer spc_pr_out(const struct unit_state *before, unsigned node,
                             const struct pr_out *out);

/* arrange(before), the request with the expectations of spc_pr_out, expect_unit(after). */
bool expect_pr_out(struct test *test, const struct unit_state *before, unsigned node,
                   const struct pr_out *out);

#endif
