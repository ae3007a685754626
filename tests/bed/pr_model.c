#include "pr_model.h"

static void free_reservation(struct disk_state *state)
{
    state->holder = NOBODY;
    state->type = 0;
}

static void remove_registration(struct disk_state *state, int initiator)
{
    state->key[initiator] = 0;
    if (state->holder == initiator)
        free_reservation(state);
}

/* The reservation goes with its holder's registration, SPC-4 5.12.11.2.2. */
static void set_registration(struct disk_state *state, int initiator, uint64_t key)
{
    if (key)
        state->key[initiator] = key;
    else
        remove_registration(state, initiator);
}

/* SPC-4 6.16.2: an initiator that is not registered has key 0. */
static uint32_t do_register(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (out->key != state->key[initiator])
        return ERROR_BUSY;
    set_registration(state, initiator, out->service_action_key);
    return ERROR_SUCCESS;
}

static uint32_t register_and_ignore(struct disk_state *state, int initiator,
                                    const struct pr_out *out)
{
    set_registration(state, initiator, out->service_action_key);
    return ERROR_SUCCESS;
}

static uint32_t reserve(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (state->holder == NOBODY) {
        state->holder = initiator;
        state->type = out->type;
        return ERROR_SUCCESS;
    }
    return state->holder == initiator && state->type == out->type ? ERROR_SUCCESS : ERROR_BUSY;
}

/* A registrant that is not the holder: GOOD, and nothing changes (SPC-4 5.12.11.2.3). A holder that
 * names another type: the standard says ILLEGAL REQUEST, INVALID RELEASE OF PERSISTENT RESERVATION,
 * for which Windows has error 327; LIO says RESERVATION CONFLICT (core_scsi3_emulate_pro_release).
 * The replay vectors cover 327. */
static uint32_t release(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (state->holder != initiator)
        return ERROR_SUCCESS;
    if (state->type != out->type)
        return ERROR_BUSY;
    free_reservation(state);
    return ERROR_SUCCESS;
}

static uint32_t clear(struct disk_state *state, int initiator, const struct pr_out *out)
{
    (void)initiator;
    (void)out;
    *state = disk_free;
    return ERROR_SUCCESS;
}

/* SPC-4 5.12.11.2.4: the key decides who goes; the reservation passes to the preempting initiator
 * only where its holder goes. */
static uint32_t preempt(struct disk_state *state, int initiator, const struct pr_out *out)
{
    const int other = 1 - initiator;
    const bool takes_over =
        state->holder != NOBODY && state->key[state->holder] == out->service_action_key;

    if (state->key[other] != out->service_action_key && !takes_over)
        return ERROR_BUSY;
    if (state->key[other] == out->service_action_key)
        remove_registration(state, other);
    if (takes_over) {
        state->holder = initiator;
        state->type = out->type;
    }
    return ERROR_SUCCESS;
}

static const struct {
    uint32_t (*perform)(struct disk_state *state, int initiator, const struct pr_out *out);
    bool wants_registration; /* and its key */
    /* What LIO tells an initiator without registration while nobody holds a reservation. For the
     * first it has NOT READY, LOGICAL UNIT COMMUNICATION FAILURE, where the standard has a
     * conflict. */
    uint32_t unregistered;
} actions[] = {
    [RESERVATION_ACTION_REGISTER] = {do_register, false, 0},
    [RESERVATION_ACTION_REGISTER_IGNORE_EXISTING] = {register_and_ignore, false, 0},
    [RESERVATION_ACTION_RESERVE] = {reserve, true, ERROR_NOT_READY},
    [RESERVATION_ACTION_RELEASE] = {release, true, ERROR_NOT_READY},
    [RESERVATION_ACTION_CLEAR] = {clear, true, ERROR_NOT_READY},
    [RESERVATION_ACTION_PREEMPT] = {preempt, true, ERROR_BUSY},
    [RESERVATION_ACTION_PREEMPT_ABORT] = {preempt, true, ERROR_BUSY},
};

uint32_t pr_model(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (actions[out->action].wants_registration) {
        if (!state->key[initiator])
            return state->holder == NOBODY ? actions[out->action].unregistered : ERROR_BUSY;
        if (out->key != state->key[initiator])
            return ERROR_BUSY;
    }
    return actions[out->action].perform(state, initiator, out);
}
