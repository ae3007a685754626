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

/* Scope and type are one byte of the CDB. LIO knows no scope but the logical unit, and says INVALID
 * FIELD IN PARAMETER LIST to others, once it has found the key right. */
static bool has_other_scope(const struct pr_out *out)
{
    return out->type >> 4 != RESERVATION_SCOPE_LU;
}

/* By one of the types that shut other registrants out; then LIO does not come to look at the scope
 * (core_scsi3_pr_seq_non_holder). */
static bool is_held_by_another_alone(const struct disk_state *state, int initiator)
{
    return state->holder != NOBODY && state->holder != initiator &&
           state->type < RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS;
}

static uint32_t reserve(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (has_other_scope(out))
        return is_held_by_another_alone(state, initiator) ? ERROR_BUSY : ERROR_INVALID_FUNCTION;
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
 * The replay vectors cover 327. Only a holder's key is looked at there. */
static uint32_t release(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (state->holder != initiator)
        return ERROR_SUCCESS;
    if (state->key[initiator] != out->key || state->type != out->type)
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

/* SPC-4 5.12.11.2.4: the key decides who goes. Where it is the holder's the reservation passes to
 * the preempting initiator, who stays registered whatever its key; where it is not, it loses its
 * own registration if it has that key. A key of 0 means something with all registrants' types
 * alone. */
static uint32_t preempt(struct disk_state *state, int initiator, const struct pr_out *out)
{
    const int other = 1 - initiator;
    const bool takes_over =
        state->holder != NOBODY && state->key[state->holder] == out->service_action_key;
    bool found = takes_over;

    if (has_other_scope(out) || !out->service_action_key)
        return ERROR_INVALID_FUNCTION;
    if (state->key[other] == out->service_action_key) {
        remove_registration(state, other);
        found = true;
    }
    if (takes_over) {
        state->holder = initiator;
        state->type = out->type;
    } else if (state->key[initiator] == out->service_action_key) {
        remove_registration(state, initiator);
        found = true;
    }
    return found ? ERROR_SUCCESS : ERROR_BUSY;
}

static const struct {
    uint32_t (*perform)(struct disk_state *state, int initiator, const struct pr_out *out);
    bool wants_registration;
    bool wants_its_key; /* before anything else is looked at */
    /* What LIO tells an initiator without registration while nobody holds a reservation. For the
     * first it has NOT READY, LOGICAL UNIT COMMUNICATION FAILURE, where the standard has a
     * conflict. */
    uint32_t unregistered;
} actions[] = {
    [RESERVATION_ACTION_REGISTER] = {do_register, false, false, 0},
    [RESERVATION_ACTION_REGISTER_IGNORE_EXISTING] = {register_and_ignore, false, false, 0},
    [RESERVATION_ACTION_RESERVE] = {reserve, true, true, ERROR_NOT_READY},
    [RESERVATION_ACTION_RELEASE] = {release, true, false, ERROR_NOT_READY},
    [RESERVATION_ACTION_CLEAR] = {clear, true, true, ERROR_NOT_READY},
    [RESERVATION_ACTION_PREEMPT] = {preempt, true, true, ERROR_BUSY},
    [RESERVATION_ACTION_PREEMPT_ABORT] = {preempt, true, true, ERROR_BUSY},
};

uint32_t pr_model(struct disk_state *state, int initiator, const struct pr_out *out)
{
    if (actions[out->action].wants_registration) {
        if (!state->key[initiator])
            return state->holder == NOBODY ? actions[out->action].unregistered : ERROR_BUSY;
        if (actions[out->action].wants_its_key && out->key != state->key[initiator])
            return ERROR_BUSY;
    }
    return actions[out->action].perform(state, initiator, out);
}
