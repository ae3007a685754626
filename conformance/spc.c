/* What SPC-4 5.12 makes of a PERSISTENT RESERVE OUT, and what disks make of it where they are known
 * to differ: every such answer refuses what the standard's refuses, or does what that does. */
#include "unit_state.h"

/* All but REGISTER: the initiator is registered, and by this key (5.12.7, table 33). */
static bool is_let_in(const struct unit_state *unit, unsigned node, const struct pr_out *out)
{
    return unit->key[node] && unit->key[node] == out->key;
}

static bool is_registration(uint8_t action)
{
    return action == RESERVATION_ACTION_REGISTER ||
           action == RESERVATION_ACTION_REGISTER_IGNORE_EXISTING;
}

static void answers(struct spc_answer *answer, int32_t status)
{
    answer->outcomes[answer->count++] = (struct outcome){status, 0, EVERYWHERE};
}

static void conflict(struct spc_answer *answer)
{
    answers(answer, NT_STATUS_DEVICE_BUSY);
}

static void free_reservation(struct unit_state *unit)
{
    unit->holder = NOBODY;
    unit->type = 0;
}

/* The reservation goes with its holder's registration (5.12.11.2.2). */
static void set_registration(struct unit_state *unit, unsigned node, uint64_t key)
{
    unit->key[node] = key;
    if (!key && unit->holder == (int)node)
        free_reservation(unit);
}

static void do_register(struct spc_answer *answer, unsigned node, const struct pr_out *out)
{
    if (out->action == RESERVATION_ACTION_REGISTER && out->key != answer->after.key[node]) {
        conflict(answer);
        return;
    }
    set_registration(&answer->after, node, out->service_action_key);
    answers(answer, NT_STATUS_SUCCESS);
}

/* A scope that disks no longer have: INVALID FIELD IN CDB, or the list; some say so only after they
 * have looked at the reservation. */
static void other_scope(struct spc_answer *answer)
{
    answers(answer, NT_STATUS_INVALID_DEVICE_REQUEST);
    conflict(answer);
    answer->question = QUESTION_SCOPE_ELEMENT;
}

static void reserve(struct spc_answer *answer, unsigned node, const struct pr_out *out)
{
    struct unit_state *unit = &answer->after;

    if (out->scope != RESERVATION_SCOPE_LU) {
        other_scope(answer);
    } else if (unit->holder == NOBODY) {
        unit->holder = (int)node;
        unit->type = out->type;
        answers(answer, NT_STATUS_SUCCESS);
    } else if (unit->holder == (int)node && unit->type == out->type) {
        answers(answer, NT_STATUS_SUCCESS);
    } else {
        conflict(answer);
    }
}

/* Of what one does not hold: GOOD, and nothing happens (5.12.11.2.3). With another scope or type
 * than it is held by: INVALID RELEASE OF PERSISTENT RESERVATION, for which Windows before 8 has no
 * status of its own; LIO has a conflict. */
static void release(struct spc_answer *answer, unsigned node, const struct pr_out *out)
{
    struct unit_state *unit = &answer->after;

    if (unit->holder != (int)node) {
        answers(answer, NT_STATUS_SUCCESS);
        if (out->scope != RESERVATION_SCOPE_LU)
            other_scope(answer);
    } else if (unit->type == out->type && out->scope == RESERVATION_SCOPE_LU) {
        free_reservation(unit);
        answers(answer, NT_STATUS_SUCCESS);
    } else {
        answers(answer, NT_STATUS_INVALID_OFFSET_ALIGNMENT);
        answers(answer, NT_STATUS_INVALID_DEVICE_REQUEST);
        if (out->scope == RESERVATION_SCOPE_LU)
            answer->outcomes[1].where = ON_WINDOWS_BEFORE_8 | ON_REACTOS;
        conflict(answer);
        answer->question = QUESTION_RELEASE_MISMATCH;
    }
}

static void clear(struct spc_answer *answer)
{
    answer->after = unit_free;
    answers(answer, NT_STATUS_SUCCESS);
}

/* 5.12.11.2.4: the key says who goes. Where it is the holder's the reservation passes to the
 * preempting initiator, who stays registered whatever its own key is. */
static void preempt(struct spc_answer *answer, unsigned node, const struct pr_out *out)
{
    struct unit_state *unit = &answer->after;
    const unsigned other = 1 - node;
    const uint64_t key = out->service_action_key;
    const bool takes_over = unit->holder != NOBODY && unit->key[unit->holder] == key;

    if (out->scope != RESERVATION_SCOPE_LU) {
        other_scope(answer);
        return;
    }
    if (!key) {
        answers(answer, NT_STATUS_INVALID_DEVICE_REQUEST);
        return;
    }
    if (unit->key[node] != key && unit->key[other] != key) {
        conflict(answer);
        return;
    }
    if (unit->key[other] == key)
        set_registration(unit, other, 0);
    if (takes_over) {
        unit->holder = (int)node;
        unit->type = out->type;
    } else if (unit->key[node] == key) {
        set_registration(unit, node, 0);
    }
    answers(answer, NT_STATUS_SUCCESS);
}

/* Without registration it is a conflict. While nobody holds the unit LIO says NOT READY instead. */
static void shut_out(struct spc_answer *answer, const struct unit_state *before, unsigned node)
{
    conflict(answer);
    if (!before->key[node] && before->holder == NOBODY) {
        answers(answer, NT_STATUS_DEVICE_NOT_READY);
        answer->question = QUESTION_UNREGISTERED;
    }
}

struct spc_answer spc_pr_out(const struct unit_state *before, unsigned node,
                             const struct pr_out *out)
{
    struct spc_answer answer = {.after = *before};

    if (is_registration(out->action)) {
        do_register(&answer, node, out);
        return answer;
    }
    if (!is_let_in(before, node, out)) {
        shut_out(&answer, before, node);
        /* LIO does not look at the key of one that has nothing to release. */
        if (out->action == RESERVATION_ACTION_RELEASE && before->key[node] &&
            before->holder != (int)node) {
            answers(&answer, NT_STATUS_SUCCESS);
            answer.question = QUESTION_UNREGISTERED;
        }
        return answer;
    }
    switch (out->action) {
    case RESERVATION_ACTION_RESERVE:
        reserve(&answer, node, out);
        break;
    case RESERVATION_ACTION_RELEASE:
        release(&answer, node, out);
        break;
    case RESERVATION_ACTION_CLEAR:
        clear(&answer);
        break;
    default:
        preempt(&answer, node, out);
        break;
    }
    return answer;
}
