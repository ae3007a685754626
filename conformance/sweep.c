#include "sweep.h"

#include <stdio.h>

enum { NEW_KEY = 5, UNKNOWN_KEY = 9, ANY_TYPE = RESERVATION_TYPE_EXCLUSIVE };

const uint8_t reservation_types[TYPE_COUNT] = {
    RESERVATION_TYPE_WRITE_EXCLUSIVE,
    RESERVATION_TYPE_EXCLUSIVE,
    RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
    RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS,
};

static const struct {
    const char *name;
    bool we_are_registered, other_is_registered, we_hold, other_holds;
} situations[] = {
    [NOBODY_REGISTERED] = {"nobody_registered", false, false, false, false},
    [WE_REGISTERED] = {"we_registered", true, false, false, false},
    [OTHER_REGISTERED] = {"other_registered", false, true, false, false},
    [BOTH_REGISTERED] = {"both_registered", true, true, false, false},
    [WE_HOLD] = {"we_hold", true, false, true, false},
    [WE_HOLD_OTHER_REGISTERED] = {"we_hold_both_registered", true, true, true, false},
    [OTHER_HOLDS] = {"other_holds", false, true, false, true},
    [OTHER_HOLDS_WE_REGISTERED] = {"other_holds_both_registered", true, true, false, true},
};

struct place {
    uint8_t situation, type;
};

/* Node 1 is asked in all but the last, node 2 in all but the first: these two are the slow ones. */
static const struct place places[] = {
    {NOBODY_REGISTERED, ANY_TYPE},
    {WE_REGISTERED, ANY_TYPE},
    {BOTH_REGISTERED, ANY_TYPE},
    {WE_HOLD, 1},
    {WE_HOLD, 3},
    {WE_HOLD, 5},
    {WE_HOLD, 6},
    {WE_HOLD_OTHER_REGISTERED, 1},
    {WE_HOLD_OTHER_REGISTERED, 3},
    {WE_HOLD_OTHER_REGISTERED, 5},
    {WE_HOLD_OTHER_REGISTERED, 6},
    {OTHER_HOLDS, 1},
    {OTHER_HOLDS, 3},
    {OTHER_HOLDS, 5},
    {OTHER_HOLDS, 6},
    {OTHER_HOLDS_WE_REGISTERED, 1},
    {OTHER_HOLDS_WE_REGISTERED, 3},
    {OTHER_HOLDS_WE_REGISTERED, 5},
    {OTHER_HOLDS_WE_REGISTERED, 6},
    {OTHER_REGISTERED, ANY_TYPE},
};

static const struct place short_places[] = {
    {WE_REGISTERED, ANY_TYPE},
    {BOTH_REGISTERED, ANY_TYPE},
    {WE_HOLD, RESERVATION_TYPE_EXCLUSIVE},
    {WE_HOLD_OTHER_REGISTERED, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS},
    {OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE},
};

enum {
    PLACES = sizeof(places) / sizeof(places[0]),
    SHORT_PLACES = sizeof(short_places) / sizeof(short_places[0]),
};

static unsigned sweep_node(unsigned row)
{
    return row < PLACES - 1 ? NODE_1 : NODE_2;
}

static const struct place *sweep_place(unsigned row)
{
    return sweep_node(row) == NODE_1 ? &places[row] : &places[row - (PLACES - 1) + 1];
}

struct unit_state situation_state(const struct test *test, unsigned node, enum situation situation,
                                  uint8_t type)
{
    struct unit_state state = unit_free;

    if (situations[situation].we_are_registered)
        state.key[node] = unit_key(test, node + 1);
    if (situations[situation].other_is_registered)
        state.key[1 - node] = unit_key(test, 2 - node);
    if (situations[situation].we_hold)
        state.holder = (int)node;
    if (situations[situation].other_holds)
        state.holder = (int)(1 - node);
    if (state.holder != NOBODY)
        state.type = type;
    return state;
}

uint32_t situation_needs(enum situation situation)
{
    return situations[situation].other_is_registered ? NEEDS_BOTH_NODES : 0;
}

uint64_t chosen_key(const struct test *test, const struct unit_state *state, unsigned node,
                    enum key_choice choice)
{
    switch (choice) {
    case KEY_REGISTERED:
        return state->key[node];
    case KEY_OURS:
        return unit_key(test, node + 1);
    case KEY_OTHERS:
        return unit_key(test, 2 - node);
    case KEY_NEW:
        return unit_key(test, NEW_KEY);
    case KEY_UNKNOWN:
        return unit_key(test, UNKNOWN_KEY);
    default:
        return 0;
    }
}

static void place_name(const struct place *place, unsigned node, char *name, size_t size)
{
    const bool is_held =
        situations[place->situation].we_hold || situations[place->situation].other_holds;

    if (is_held)
        snprintf(name, size, "node_%u.%s.type_%u", node + 1, situations[place->situation].name,
                 place->type);
    else
        snprintf(name, size, "node_%u.%s", node + 1, situations[place->situation].name);
}

static uint32_t place_needs(const struct place *place, unsigned node)
{
    return node == NODE_2 ? NEEDS_BOTH_NODES : situation_needs((enum situation)place->situation);
}

static void place_run(struct test *test, const struct place *place, unsigned node,
                      const struct sweep_request *request)
{
    const struct unit_state before =
        situation_state(test, node, (enum situation)place->situation, place->type);
    const struct pr_out out = {
        .action = request->action,
        .type = place->type,
        .key = chosen_key(test, &before, node, request->key),
        .service_action_key = chosen_key(test, &before, node, request->service_action_key),
    };

    expect_pr_out(test, &before, node, &out);
}

void sweep_name(unsigned row, char *name, size_t size)
{
    place_name(sweep_place(row), sweep_node(row), name, size);
}

uint32_t sweep_needs(unsigned row)
{
    return place_needs(sweep_place(row), sweep_node(row));
}

void sweep_run(struct test *test, unsigned row, const struct sweep_request *request)
{
    place_run(test, sweep_place(row), sweep_node(row), request);
}

void short_sweep_name(unsigned row, char *name, size_t size)
{
    place_name(&short_places[row % SHORT_PLACES], row / SHORT_PLACES, name, size);
}

uint32_t short_sweep_needs(unsigned row)
{
    return place_needs(&short_places[row % SHORT_PLACES], row / SHORT_PLACES);
}

void short_sweep_run(struct test *test, unsigned row, const struct sweep_request *request)
{
    place_run(test, &short_places[row % SHORT_PLACES], row / SHORT_PLACES, request);
}

uint8_t type_sweep_held(unsigned row)
{
    return reservation_types[row / (TYPE_COUNT - 1)];
}

uint8_t type_sweep_asked(unsigned row)
{
    const unsigned held = row / (TYPE_COUNT - 1), nth = row % (TYPE_COUNT - 1);

    return reservation_types[nth < held ? nth : nth + 1];
}

void type_sweep_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "held_%u.asked_%u", type_sweep_held(row), type_sweep_asked(row));
}

void scope_element_run(struct test *test, enum situation situation, uint8_t action)
{
    const struct unit_state before =
        situation_state(test, NODE_1, situation, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out out = {
        .action = action,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .scope = RESERVATION_SCOPE_ELEMENT,
        .key = chosen_key(test, &before, NODE_1, KEY_OURS),
        .service_action_key = chosen_key(test, &before, NODE_1, KEY_OTHERS),
    };

    expect_pr_out(test, &before, NODE_1, &out);
}
