#include "soak_model.h"

#include "../bed/big_endian.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HEADER = 8, KEY = 8, DESCRIPTOR = 16 };

bool soak_same_state(const struct soak_state *a, const struct soak_state *b)
{
    return a->pr.key[0] == b->pr.key[0] && a->pr.key[1] == b->pr.key[1] &&
           a->pr.holder == b->pr.holder && (a->pr.holder == NOBODY || a->pr.type == b->pr.type) &&
           a->generation == b->generation && a->legacy == b->legacy;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The list as the disk has it; returns its full length. */
static uint32_t build_list(const struct soak_state *state, enum soak_kind kind, bool swapped,
                           uint8_t *list)
{
    uint32_t length = HEADER;

    memset(list, 0, HEADER + DESCRIPTOR);
    if (kind == SOAK_READ_RESERVATIONS && state->pr.holder != NOBODY) {
        big_endian_write(list + HEADER, KEY, state->pr.key[state->pr.holder]);
        list[HEADER + 13] = state->pr.type;
        length += DESCRIPTOR;
    }
    for (int i = 0; kind == SOAK_READ_KEYS && i < NODES; i++) {
        const uint64_t key = state->pr.key[swapped ? 1 - i : i];

        if (!key)
            continue;
        big_endian_write(list + length, KEY, key);
        length += KEY;
    }
    big_endian_write(list, 4, state->generation);
    big_endian_write(list + 4, 4, length - HEADER);
    return length;
}

static bool shows(const struct soak_request *request, const struct soak_state *state, bool swapped)
{
    uint8_t list[HEADER + DESCRIPTOR];
    const uint32_t length =
        smaller(build_list(state, request->kind, swapped, list), request->allocation_length);
    const struct soak_answer *answer = &request->answer;
    const uint32_t information = request->way == 's' ? answer->returned : answer->internal_high;

    return information == length && memcmp(answer->output, list, length) == 0;
}

/* LIO refuses even the holder while there is an SPC-2 reservation. The order of the keys is that
 * of the registrations, which the model does not follow. */
static bool perform_pr_in(struct soak_state *state, const struct soak_request *request)
{
    if (state->legacy != NOBODY)
        return request->answer.error == ERROR_BUSY;
    return request->answer.error == ERROR_SUCCESS &&
           (shows(request, state, false) || shows(request, state, true));
}

/* SPC-4 6.15.2: every PERSISTENT RESERVE OUT but RESERVE and RELEASE raises it. LIO does not where
 * a registration is taken away or a stranger takes away what it does not have
 * (core_scsi3_emulate_pro_register). */
static bool raises_generation(enum soak_kind kind, const struct pr_out *out)
{
    switch (kind) {
    case SOAK_REGISTER:
    case SOAK_REGISTER_IGNORE:
        return out->service_action_key != 0;
    case SOAK_CLEAR:
    case SOAK_PREEMPT:
        return true;
    default:
        return false;
    }
}

static bool perform_pr_out(struct soak_state *state, const struct soak_request *request)
{
    uint32_t error = ERROR_BUSY;

    if (state->legacy == NOBODY)
        error = pr_model(&state->pr, request->node, &request->pr_out);
    if (error == ERROR_SUCCESS && raises_generation(request->kind, &request->pr_out))
        state->generation++;
    return error == request->answer.error;
}

/* SPC-2 5.5.1 and SPC-4 5.12.3, as LIO has them (target_check_scsi2_reservation_conflict): while
 * anybody is registered, RESERVE and RELEASE of the persistent holder are GOOD and do nothing, all
 * others' conflict. */
static uint32_t legacy_request(struct soak_state *state, const struct soak_request *request)
{
    const int node = request->node;

    if (request->kind == SOAK_RESERVE && state->legacy != NOBODY && state->legacy != node)
        return ERROR_BUSY;
    if (state->pr.key[0] || state->pr.key[1])
        return state->pr.holder == node ? ERROR_SUCCESS : ERROR_BUSY;
    if (request->kind == SOAK_RESERVE)
        state->legacy = node;
    else if (state->legacy == node)
        state->legacy = NOBODY;
    return ERROR_SUCCESS;
}

/* The look after the reset: free, or ours, is a success; semantics 4. */
static bool perform_break(struct soak_state *state, const struct soak_step *step)
{
    const struct soak_request *request = step->request;

    if (step->is_reset) {
        state->legacy = NOBODY;
        return true;
    }
    if (state->legacy == NOBODY || state->legacy == request->node)
        return request->answer.error == ERROR_SUCCESS;
    return request->answer.error == ERROR_IO_DEVICE;
}

bool soak_perform(struct soak_state *state, const struct soak_step *step)
{
    const struct soak_request *request = step->request;

    switch (request->kind) {
    case SOAK_READ_KEYS:
    case SOAK_READ_RESERVATIONS:
        return perform_pr_in(state, request);
    case SOAK_RESERVE:
    case SOAK_RELEASE:
        return legacy_request(state, request) == request->answer.error;
    case SOAK_BREAK:
        return perform_break(state, step);
    default:
        return perform_pr_out(state, request);
    }
}

void soak_describe_state(const struct soak_state *state, char *line, size_t size)
{
    static const char *const names[] = {"nobody", "node 1", "node 2"};

    snprintf(line, size,
             "keys %" PRIx64 " and %" PRIx64 ", held by %s (type %x), PRgeneration %" PRIx32
             ", SPC-2 reservation of %s",
             state->pr.key[0], state->pr.key[1], names[state->pr.holder + 1],
             state->pr.holder == NOBODY ? 0 : state->pr.type, state->generation,
             names[state->legacy + 1]);
}
