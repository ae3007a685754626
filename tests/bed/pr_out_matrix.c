/* Sources: SPC-4 5.12 and 6.16; windows-behaviour 2.6, 4.2 and 4.3; semantics 1 (Information 0,
 * conflict is ERROR_BUSY). What a disk must do is in pr_model.c. */
#include "pr_out_matrix.h"
#include "suites.h"

#include "pr_model.h"
#include <stdio.h>
#include <time.h>

enum { NEW_KEY = 0x4f1, WRONG_KEY = 0xbad0bad };

static const uint8_t types[] = {RESERVATION_TYPE_WRITE_EXCLUSIVE, RESERVATION_TYPE_EXCLUSIVE,
                                RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
                                RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS};

/* As the node that asks sees it. */
static const struct situation {
    const char *name;
    bool we_are_registered, other_is_registered;
    enum { NONE, WE, OTHER } holder;
} situations[] = {
    {"nobody is registered", false, false, NONE},
    {"we are registered", true, false, NONE},
    {"the other is registered", false, true, NONE},
    {"both are registered", true, true, NONE},
    {"we hold", true, false, WE},
    {"we hold, both are registered", true, true, WE},
    {"the other holds", false, true, OTHER},
    {"the other holds, both are registered", true, true, OTHER},
};

static struct disk_state situation_state(const struct situation *situation, int node, uint8_t type)
{
    struct disk_state state = disk_free;

    if (situation->we_are_registered)
        state.key[node] = node_key[node];
    if (situation->other_is_registered)
        state.key[1 - node] = node_key[1 - node];
    if (situation->holder != NONE) {
        state.holder = situation->holder == WE ? node : 1 - node;
        state.type = type;
    }
    return state;
}

static void check(struct bed *bed, const struct disk_state *before, int node,
                  const struct pr_out *out, const char *situation)
{
    struct disk_state after = *before;
    const uint32_t error = pr_model(&after, node, out);
    char when[160];

    snprintf(when, sizeof(when), "after node %d's action %d, type %d (%s)", node + 1, out->action,
             out->type, situation);
    arrange_disk(bed, before);
    bed->doing = when;
    expect_pr_out(bed, node, out, error);
    assert_disk_is(bed, &after, when);
    bed->doing = NULL;
}

static bool is_registration(uint8_t action)
{
    return action == RESERVATION_ACTION_REGISTER ||
           action == RESERVATION_ACTION_REGISTER_IGNORE_EXISTING;
}

/* The keys that a well-behaved program would give: registering ourselves anew, and for the others
 * our own and, for PREEMPT, the other's. */
static struct pr_out proper_request(const struct disk_state *state, int node, uint8_t action,
                                    uint8_t type)
{
    return (struct pr_out){
        .action = action,
        .type = type,
        .key = state->key[node],
        .service_action_key = is_registration(action) ? NEW_KEY : node_key[1 - node],
    };
}

/* These end in NOT READY, which is tried five times in 2 s; not_registered below has them. */
static bool is_slow(const struct disk_state *state, int node, uint8_t action)
{
    return !state->key[node] && state->holder == NOBODY && !is_registration(action) &&
           action != RESERVATION_ACTION_PREEMPT && action != RESERVATION_ACTION_PREEMPT_ABORT;
}

void run_pr_out_matrix(struct bed *bed, int node, uint8_t action)
{
    for (size_t i = 0; i < sizeof(situations) / sizeof(situations[0]); i++) {
        for (size_t t = 0; t < sizeof(types); t++) {
            const struct disk_state state = situation_state(&situations[i], node, types[t]);
            const struct pr_out out = proper_request(&state, node, action, types[t]);

            if (!is_slow(&state, node, action))
                check(bed, &state, node, &out, situations[i].name);
        }
    }
}

#define EACH(action, name)                                         \
    static void name##_from_node_1(void **state)                   \
    {                                                              \
        run_pr_out_matrix(*state, 0, RESERVATION_ACTION_##action); \
    }                                                              \
    static void name##_from_node_2(void **state)                   \
    {                                                              \
        run_pr_out_matrix(*state, 1, RESERVATION_ACTION_##action); \
    }
EACH(REGISTER, register)
EACH(REGISTER_IGNORE_EXISTING, register_and_ignore)
EACH(RESERVE, reserve)
EACH(RELEASE, release)
EACH(CLEAR, clear)
EACH(PREEMPT, preempt)

/* A reservation of one type, asked for or released with each of the others. */
static void other_types(struct bed *bed, int node, uint8_t action)
{
    const struct situation holding = {"we hold another type", true, true, WE};

    for (size_t held = 0; held < sizeof(types); held++) {
        for (size_t t = 0; t < sizeof(types); t++) {
            const struct disk_state state = situation_state(&holding, node, types[held]);
            const struct pr_out out = proper_request(&state, node, action, types[t]);

            if (t != held)
                check(bed, &state, node, &out, holding.name);
        }
    }
}

static void reserve_with_another_type(void **state)
{
    other_types(*state, 0, RESERVATION_ACTION_RESERVE);
    other_types(*state, 1, RESERVATION_ACTION_RESERVE);
}

static void release_with_another_type(void **state)
{
    other_types(*state, 0, RESERVATION_ACTION_RELEASE);
    other_types(*state, 1, RESERVATION_ACTION_RELEASE);
}

/* PREEMPT takes over with the type it names, whatever was held. */
static void preempt_changes_the_type(void **state)
{
    const struct situation held = {"the other holds another type", true, true, OTHER};

    for (size_t t = 0; t < sizeof(types); t++) {
        const uint8_t wanted = types[(t + 1) % sizeof(types)];
        const int node = (int)(t % NODES);
        const struct disk_state before = situation_state(&held, node, types[t]);
        const struct pr_out out = proper_request(&before, node, RESERVATION_ACTION_PREEMPT, wanted);

        check(*state, &before, node, &out, held.name);
    }
}

/* Every action but REGISTER AND IGNORE with a key that is not ours. */
static void wrong_key(void **state)
{
    static const uint8_t actions[] = {
        RESERVATION_ACTION_REGISTER, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
        RESERVATION_ACTION_RESERVE,  RESERVATION_ACTION_RELEASE,
        RESERVATION_ACTION_CLEAR,    RESERVATION_ACTION_PREEMPT};
    const struct situation holding = {"we hold, and give a wrong key", true, true, WE};

    for (int node = 0; node < NODES; node++) {
        for (size_t i = 0; i < sizeof(actions); i++) {
            const struct disk_state before =
                situation_state(&holding, node, RESERVATION_TYPE_EXCLUSIVE);
            struct pr_out out =
                proper_request(&before, node, actions[i], RESERVATION_TYPE_EXCLUSIVE);

            out.key = WRONG_KEY;
            check(*state, &before, node, &out, holding.name);
        }
    }
}

/* PREEMPT of a key that nobody registered, and of our own. */
static void preempt_of_other_keys(void **state)
{
    const struct situation holding = {"we hold, and preempt ourselves or nobody", true, true, WE};
    const struct disk_state before = situation_state(&holding, 0, RESERVATION_TYPE_EXCLUSIVE);
    struct pr_out out =
        proper_request(&before, 0, RESERVATION_ACTION_PREEMPT, RESERVATION_TYPE_WRITE_EXCLUSIVE);

    out.service_action_key = WRONG_KEY;
    check(*state, &before, 0, &out, holding.name);
    out.service_action_key = node_key[0];
    check(*state, &before, 0, &out, holding.name);
}

/* Unregistering: the key goes, and with the holder's key the reservation. */
static void unregister(void **state)
{
    for (size_t i = 0; i < sizeof(situations) / sizeof(situations[0]); i++) {
        for (int node = 0; node < NODES; node++) {
            const struct disk_state before =
                situation_state(&situations[i], node, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS);
            const uint8_t action =
                node ? RESERVATION_ACTION_REGISTER : RESERVATION_ACTION_REGISTER_IGNORE_EXISTING;
            const struct pr_out out = {.action = action, .key = before.key[node]};

            check(*state, &before, node, &out, situations[i].name);
        }
    }
}

/* windows-behaviour 2.6: scope and type are not looked at for these three, and go to the disk,
 * which does not look either. */
static void type_is_not_looked_at(void **state)
{
    static const uint8_t actions[] = {RESERVATION_ACTION_REGISTER,
                                      RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                      RESERVATION_ACTION_CLEAR};
    const struct situation both = {"both are registered", true, true, NONE};

    for (size_t i = 0; i < sizeof(actions); i++) {
        const struct disk_state before = situation_state(&both, 1, 0);
        const struct pr_out out = proper_request(&before, 1, actions[i], 0x0f);

        check(*state, &before, 1, &out, both.name);
    }
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) * 1e-9;
}

/* LIO answers NOT READY, LOGICAL UNIT COMMUNICATION FAILURE: five attempts, half a second apart
 * (windows-behaviour 4.3, semantics 3). Both nodes wait at once. */
static void not_registered(void **state)
{
    static const uint8_t actions[] = {RESERVATION_ACTION_RESERVE, RESERVATION_ACTION_RELEASE,
                                      RESERVATION_ACTION_CLEAR};
    struct bed *bed = *state;
    uint8_t input[PR_OUT_INPUT_LENGTH];

    for (size_t i = 0; i < sizeof(actions); i++) {
        const struct pr_out out = {.action = actions[i], .type = types[i]};
        const struct windows_request request = pr_out_request(&out, input);
        struct timespec start;

        clock_gettime(CLOCK_MONOTONIC, &start);
        for (int node = 0; node < NODES; node++)
            send_request_to(bed, node, bed->disk[node], &request);
        for (int node = 0; node < NODES; node++) {
            const struct windows_answer answer = receive_answer_from(bed, node);

            expect_answer(bed, node, &answer, ERROR_NOT_READY, 0);
        }
        assert_true(seconds_since(&start) > 1.9);
        assert_disk_is(bed, &disk_free, "after a request without registration");
    }
}

/* The loser hears of it from the disk once, by a unit attention (SPC-4 5.12.11.2.4), and Windows
 * tries again by itself: its next request goes well at once. */
static void the_loser_is_not_disturbed(void **state)
{
    struct bed *bed = *state;
    struct disk_state disk = {{node_key[0], node_key[1]}, 1, RESERVATION_TYPE_EXCLUSIVE};
    const struct pr_out preempt = {RESERVATION_ACTION_PREEMPT, RESERVATION_TYPE_EXCLUSIVE,
                                   node_key[0], node_key[1], false};

    arrange_disk(bed, &disk);
    expect_pr_out(bed, 0, &preempt, pr_model(&disk, 0, &preempt));
    expect_pr_in(bed, 1, RESERVATION_ACTION_READ_KEYS, 64, 64, ERROR_SUCCESS, 16);
    assert_disk_is(bed, &disk, "after PREEMPT");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(register_from_node_1),
    cmocka_unit_test(register_from_node_2),
    cmocka_unit_test(register_and_ignore_from_node_1),
    cmocka_unit_test(register_and_ignore_from_node_2),
    cmocka_unit_test(reserve_from_node_1),
    cmocka_unit_test(reserve_from_node_2),
    cmocka_unit_test(release_from_node_1),
    cmocka_unit_test(release_from_node_2),
    cmocka_unit_test(clear_from_node_1),
    cmocka_unit_test(clear_from_node_2),
    cmocka_unit_test(preempt_from_node_1),
    cmocka_unit_test(preempt_from_node_2),
    cmocka_unit_test(reserve_with_another_type),
    cmocka_unit_test(release_with_another_type),
    cmocka_unit_test(preempt_changes_the_type),
    cmocka_unit_test(wrong_key),
    cmocka_unit_test(preempt_of_other_keys),
    cmocka_unit_test(unregister),
    cmocka_unit_test(type_is_not_looked_at),
    cmocka_unit_test(not_registered),
    cmocka_unit_test(the_loser_is_not_disturbed),
};

const struct suite pr_out_matrix = SUITE("pr_out_matrix", tests);
