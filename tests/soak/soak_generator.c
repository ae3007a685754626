#include "soak_generator.h"

#include <string.h>

enum { KEYS = 3, ALL = 100 };

static const uint64_t keys[KEYS] = {0xa1, 0xb2b2, 0xc3c3c3c3c3c3c3c3};

static const uint8_t types[] = {RESERVATION_TYPE_WRITE_EXCLUSIVE, RESERVATION_TYPE_EXCLUSIVE,
                                RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
                                RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS};

/* What a burst is about: how often which kind is asked for. */
static const struct theme {
    uint32_t percent;
    uint8_t weights[SOAK_KINDS];
} themes[] = {
    {60,
     {[SOAK_READ_KEYS] = 6,
      [SOAK_READ_RESERVATIONS] = 6,
      [SOAK_REGISTER] = 8,
      [SOAK_REGISTER_IGNORE] = 8,
      [SOAK_PR_RESERVE] = 10,
      [SOAK_PR_RELEASE] = 6,
      [SOAK_CLEAR] = 1,
      [SOAK_PREEMPT] = 8,
      [SOAK_RESERVE] = 1,
      [SOAK_RELEASE] = 1,
      [SOAK_REFUSED] = 10,
      [SOAK_FOREIGN] = 2}},
    {20,
     {[SOAK_READ_KEYS] = 2,
      [SOAK_READ_RESERVATIONS] = 2,
      [SOAK_REGISTER] = 1,
      [SOAK_CLEAR] = 4,
      [SOAK_RESERVE] = 10,
      [SOAK_RELEASE] = 14,
      [SOAK_BREAK] = 2,
      [SOAK_REFUSED] = 6,
      [SOAK_FOREIGN] = 1}},
    {10,
     {[SOAK_READ_KEYS] = 4,
      [SOAK_REGISTER] = 4,
      [SOAK_REGISTER_IGNORE] = 4,
      [SOAK_PR_RESERVE] = 4,
      [SOAK_PR_RELEASE] = 4,
      [SOAK_CLEAR] = 4,
      [SOAK_PREEMPT] = 4,
      [SOAK_RESERVE] = 4,
      [SOAK_RELEASE] = 4,
      [SOAK_REFUSED] = 4}},
    {10, {[SOAK_REFUSED] = 8, [SOAK_FOREIGN] = 2}},
};

static const struct {
    uint8_t action;
    uint32_t code;
} of_kind[SOAK_KINDS] = {
    [SOAK_READ_KEYS] = {RESERVATION_ACTION_READ_KEYS, IOCTL_STORAGE_PERSISTENT_RESERVE_IN},
    [SOAK_READ_RESERVATIONS] = {RESERVATION_ACTION_READ_RESERVATIONS,
                                IOCTL_STORAGE_PERSISTENT_RESERVE_IN},
    [SOAK_REGISTER] = {RESERVATION_ACTION_REGISTER, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    [SOAK_REGISTER_IGNORE] = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                              IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    [SOAK_PR_RESERVE] = {RESERVATION_ACTION_RESERVE, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    [SOAK_PR_RELEASE] = {RESERVATION_ACTION_RELEASE, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    [SOAK_CLEAR] = {RESERVATION_ACTION_CLEAR, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    [SOAK_PREEMPT] = {RESERVATION_ACTION_PREEMPT, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT},
    [SOAK_RESERVE] = {0, IOCTL_STORAGE_RESERVE},
    [SOAK_RELEASE] = {0, IOCTL_STORAGE_RELEASE},
    [SOAK_BREAK] = {0, IOCTL_STORAGE_BREAK_RESERVATION},
};

uint64_t soak_random_key(struct soak_random *random)
{
    return keys[soak_random(random, KEYS)];
}

static const struct theme *choose_theme(struct soak_random *random)
{
    uint32_t at = soak_random(random, ALL), i = 0;

    while (at >= themes[i].percent)
        at -= themes[i++].percent;
    return &themes[i];
}

static enum soak_kind choose_kind(struct soak_random *random, const struct theme *theme)
{
    uint32_t sum = 0, at;

    for (int kind = 0; kind < SOAK_KINDS; kind++)
        sum += theme->weights[kind];
    at = soak_random(random, sum);
    for (int kind = 0;; kind++) {
        if (at < theme->weights[kind])
            return (enum soak_kind)kind;
        at -= theme->weights[kind];
    }
}

/* Mostly the key that the node has, so that more than conflicts comes of it. */
static void choose_pr_out(struct soak_random *random, const struct soak_state *state,
                          struct soak_request *request)
{
    const uint64_t own = state->pr.key[request->node];
    const bool checks_type = request->kind != SOAK_REGISTER &&
                             request->kind != SOAK_REGISTER_IGNORE && request->kind != SOAK_CLEAR;
    struct pr_out *out = &request->pr_out;

    *out = (struct pr_out){.action = of_kind[request->kind].action};
    out->type =
        checks_type ? types[soak_random(random, sizeof(types))] : (uint8_t)soak_random(random, 256);
    if (checks_type && state->pr.holder == request->node && soak_chance(random, 60))
        out->type = state->pr.type;
    if (checks_type && soak_chance(random, 3))
        out->type |= RESERVATION_SCOPE_ELEMENT << 4;
    out->key = soak_chance(random, 75) ? own : soak_random_key(random);
    out->service_action_key = soak_chance(random, 8) ? 0 : soak_random_key(random);
    if (request->kind == SOAK_PREEMPT && soak_chance(random, 60))
        out->service_action_key = state->pr.key[1 - request->node];
    soak_fill_pr_out(request);
}

static void choose_pr_in(struct soak_random *random, struct soak_request *request)
{
    static const uint16_t lengths[] = {8, 24, 32, 255, 4096};

    request->allocation_length = lengths[soak_random(random, sizeof(lengths) / sizeof(lengths[0]))];
    if (request->kind == SOAK_READ_KEYS && soak_chance(random, 20))
        request->allocation_length = 16;
    request->pr_out.action = of_kind[request->kind].action;
    request->out = (struct soak_buffer){
        'b', request->allocation_length +
                 (request->allocation_length < 4096 ? soak_random(random, 9) : 0)};
    soak_fill_pr_in(request);
}

static void choose_break(struct soak_request *request)
{
    request->in = (struct soak_buffer){'b', sizeof(STORAGE_BREAK_RESERVATION_REQUEST)};
    memset(request->input, 0, sizeof(request->input));
    request->input[0] = sizeof(STORAGE_BREAK_RESERVATION_REQUEST);
}

/* Codes that are not Holdfast's, with an input that would do harm if they were taken for it: the
 * disk-typed aliases of PERSISTENT RESERVE. */
static void choose_foreign(struct soak_random *random, struct soak_request *request)
{
    static const uint32_t codes[] = {0x00075018, 0x0007d01c, 0x002d5018 | 3 << 14};

    request->pr_out = (struct pr_out){.action = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                      .service_action_key = soak_random_key(random)};
    soak_fill_pr_out(request);
    request->code = codes[soak_random(random, sizeof(codes) / sizeof(codes[0]))];
}

static void choose_way(struct soak_generator *generator, struct soak_request *request)
{
    static const enum soak_handle synchronous[] = {HANDLE_DISK_A, HANDLE_DISK_A, HANDLE_DISK_B,
                                                   HANDLE_SG};
    static const enum soak_handle overlapped[] = {HANDLE_DISK_OVERLAPPED, HANDLE_SG_OVERLAPPED};
    static const enum soak_handle port[] = {HANDLE_DISK_PORT, HANDLE_SG_PORT};
    struct soak_random *random = &generator->random;
    const uint32_t at = soak_random(random, ALL);

    if (at < 45) {
        request->way = 's';
        request->handle = synchronous[soak_random(random, 4)];
    } else if (at < 50) {
        request->way = 's';
        request->handle = overlapped[soak_random(random, 2)];
    } else if (at < 55) {
        request->way = "et"[soak_random(random, 2)];
        request->handle = synchronous[soak_random(random, 4)];
    } else if (at < 80 || !generator->uses_ports) {
        request->way = "et"[soak_random(random, 2)];
        request->handle = overlapped[soak_random(random, 2)];
    } else {
        request->way = soak_chance(random, 85) ? 'p' : 't';
        request->handle = port[soak_random(random, 2)];
    }
    if (request->code != IOCTL_STORAGE_PERSISTENT_RESERVE_OUT && request->kind != SOAK_FOREIGN &&
        soak_chance(random, 20))
        request->handle = request->way == 's' ? HANDLE_READ_ONLY : HANDLE_READ_ONLY_OVERLAPPED;
    if (request->way == 'p' && request->handle != HANDLE_DISK_PORT &&
        request->handle != HANDLE_SG_PORT)
        request->way = 'e';
}

static void choose_request(struct soak_generator *generator, const struct soak_state *state,
                           struct soak_request *request)
{
    struct soak_random *random = &generator->random;

    request->code = of_kind[request->kind].code;
    request->in = request->out = (struct soak_buffer){'-', 0};
    choose_way(generator, request);
    if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
        choose_pr_out(random, state, request);
    else if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        choose_pr_in(random, request);
    else if (request->kind == SOAK_BREAK)
        choose_break(request);
    else if (request->kind == SOAK_FOREIGN)
        choose_foreign(random, request);
    else if (request->kind == SOAK_REFUSED)
        soak_generate_refusal(random, request);
}

/* Whether a RESERVE, RELEASE or CLEAR may come to a disk that nobody holds from a node that is not
 * registered: LIO answers NOT READY, which takes five attempts and 2 s. It is a matter of time
 * only, so a guess will do. */
static bool takes_registrations_away(const struct soak_request *request)
{
    switch (request->kind) {
    case SOAK_REGISTER:
    case SOAK_REGISTER_IGNORE:
        return request->pr_out.service_action_key == 0;
    case SOAK_CLEAR:
    case SOAK_PREEMPT:
        return true;
    default:
        return false;
    }
}

static bool wants_registration(enum soak_kind kind)
{
    return kind == SOAK_PR_RESERVE || kind == SOAK_PR_RELEASE || kind == SOAK_CLEAR;
}

static bool may_be_slow(const struct soak_burst *burst, const struct soak_state *state)
{
    if (state->legacy != NOBODY)
        return false;
    for (int i = 0; i < burst->count; i++) {
        const struct soak_request *wanting = &burst->requests[i];

        if (!wants_registration(wanting->kind))
            continue;
        if (!state->pr.key[wanting->node] && state->pr.holder == NOBODY)
            return true;
        for (int j = 0; j < burst->count; j++)
            if (j != i && takes_registrations_away(&burst->requests[j]))
                return true;
    }
    return false;
}

enum { TRIES = 8 };

/* READ KEYS where nothing else that the theme offers is quick. */
static void add_request(struct soak_generator *generator, const struct soak_state *state,
                        const struct theme *theme, bool may, struct soak_burst *burst, int place)
{
    struct soak_request *request = &burst->requests[burst->count++];

    for (int i = 0; i <= TRIES; i++) {
        memset(request, 0, sizeof(*request));
        request->node = place % NODES;
        request->thread = place / NODES;
        request->kind = i == TRIES ? SOAK_READ_KEYS : choose_kind(&generator->random, theme);
        choose_request(generator, state, request);
        if (may || !may_be_slow(burst, state))
            return;
    }
}

void soak_generate(struct soak_generator *generator, const struct soak_state *state,
                   struct soak_burst *burst)
{
    const bool may = soak_chance(&generator->random, generator->slow_percent);
    const struct theme *theme = choose_theme(&generator->random);

    burst->count = 0;
    for (int place = 0; place < NODES * SOAK_THREADS; place++)
        if (soak_chance(&generator->random, 85)) /* not always the same number */
            add_request(generator, state, theme, may, burst, place);
}
