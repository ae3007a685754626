/* Sweeps of PERSISTENT RESERVE OUT: a request in every situation that two nodes can be in, by every
 * type, from either node. A case of a sweep is one request in one situation. */
#ifndef CONFORMANCE_SWEEP_H
#define CONFORMANCE_SWEEP_H

#include "unit_state.h"

/* As the node that asks sees it. */
enum situation {
    NOBODY_REGISTERED,
    WE_REGISTERED,
    OTHER_REGISTERED,
    BOTH_REGISTERED,
    WE_HOLD,
    WE_HOLD_OTHER_REGISTERED,
    OTHER_HOLDS,
    OTHER_HOLDS_WE_REGISTERED,
};

struct unit_state situation_state(const struct test *test, unsigned node, enum situation situation,
                                  uint8_t type);

/* NEEDS_BOTH_NODES where the other node has a part in it. */
uint32_t situation_needs(enum situation situation);

/* Whose key a field of the request has. */
enum key_choice {
    KEY_ZERO,
    KEY_REGISTERED, /* ours, or 0 where we are not registered */
    KEY_OURS,       /* the same, but ours also where we are not registered */
    KEY_OTHERS,
    KEY_NEW,
    KEY_UNKNOWN, /* never registered */
};

uint64_t chosen_key(const struct test *test, const struct unit_state *state, unsigned node,
                    enum key_choice choice);

struct sweep_request {
    uint8_t action;
    enum key_choice key, service_action_key;
};

/* Every situation, with every type where somebody holds. What LIO refuses only after 2 s, an
 * unregistered node's request to a unit that nobody holds, is asked once from each node. */
enum { SWEEP_ROWS = 38 };
void sweep_name(unsigned row, char *name, size_t size);
uint32_t sweep_needs(unsigned row);
void sweep_run(struct test *test, unsigned row, const struct sweep_request *request);

/* Every situation in which the asking node is registered, one type each. */
enum { SHORT_SWEEP_ROWS = 10 };
void short_sweep_name(unsigned row, char *name, size_t size);
uint32_t short_sweep_needs(unsigned row);
void short_sweep_run(struct test *test, unsigned row, const struct sweep_request *request);

/* One type held, the request with each of the three others. */
enum { TYPE_SWEEP_ROWS = 12 };
void type_sweep_name(unsigned row, char *name, size_t size);
uint8_t type_sweep_held(unsigned row);
uint8_t type_sweep_asked(unsigned row);

/* Node 1's request for one element of the disk, with its own key and the other node's. */
void scope_element_run(struct test *test, enum situation situation, uint8_t action);

/* The four types that Windows lets through. */
enum { TYPE_COUNT = 4 };
extern const uint8_t reservation_types[TYPE_COUNT];

#endif
