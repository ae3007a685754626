#include "unit_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { KEYS_HEADER = 8, KEY_SIZE = 8, RESERVATION_LENGTH = 24, TYPE_BYTE = 13, RUN_BITS = 16 };

const struct unit_state unit_free = {{0, 0}, NOBODY, 0, NOBODY};

uint64_t unit_key(const struct test *test, unsigned number)
{
    return test->environment->key_base | number;
}

static bool read_list(struct test *test, unsigned node, uint8_t action, uint16_t length,
                      struct answer *answer)
{
    const struct request request = request_pr_in(action, length);

    if (!ask(test, node, &request, answer))
        return false;
    return check(test, answer->returned && answer->bytes >= KEYS_HEADER && answer->bytes <= length,
                 action == RESERVATION_ACTION_READ_KEYS ? "READ_KEYS" : "READ_RESERVATIONS",
                 "a list", "%s, error %" PRIu32 ", %" PRIu32 " bytes",
                 answer->returned ? "TRUE" : "FALSE", answer->error, answer->bytes);
}

bool read_unit(struct test *test, unsigned node, struct unit_view *view)
{
    struct answer answer;
    uint32_t count;

    memset(view, 0, sizeof(*view));
    if (!read_list(test, node, RESERVATION_ACTION_READ_KEYS,
                   KEYS_HEADER + UNIT_VIEW_KEYS * KEY_SIZE, &answer))
        return false;
    view->generation = get_be32(answer.output);
    count = get_be32(answer.output + 4) / KEY_SIZE;
    view->key_count = count;
    if (count > UNIT_VIEW_KEYS)
        count = UNIT_VIEW_KEYS;
    for (uint32_t i = 0; i < count && KEYS_HEADER + (i + 1) * KEY_SIZE <= answer.bytes; i++)
        view->keys[i] = get_be64(answer.output + KEYS_HEADER + (size_t)i * KEY_SIZE);
    if (!read_list(test, node, RESERVATION_ACTION_READ_RESERVATIONS, RESERVATION_LENGTH, &answer))
        return false;
    view->held = get_be32(answer.output + 4) != 0 && answer.bytes >= RESERVATION_LENGTH;
    if (view->held) {
        view->holder_key = get_be64(answer.output + KEYS_HEADER);
        view->type = answer.output[TYPE_BYTE + KEYS_HEADER] & 15;
        view->scope = answer.output[TYPE_BYTE + KEYS_HEADER] >> 4;
    }
    return true;
}

static bool send_pr_out(struct test *test, unsigned node, const struct pr_out *out)
{
    const struct request request = request_pr_out(out);
    struct answer answer;

    return ask(test, node, &request, &answer) &&
           check(test, answer.returned, "bringing the unit into a state", "TRUE",
                 "node %u: PR_OUT action %u: error %" PRIu32, node + 1, out->action, answer.error);
}

static bool send_plain(struct test *test, unsigned node, uint32_t code)
{
    const struct request request = request_plain(code);
    struct answer answer;

    return ask(test, node, &request, &answer) &&
           check(test, answer.returned, "bringing the unit into a state", "TRUE",
                 "node %u: code %08" PRIx32 ": error %" PRIu32, node + 1, code, answer.error);
}

/* A key that is not of this run means that somebody else has begun to use the disk. */
static bool are_ours(struct test *test, const struct unit_view *view)
{
    for (unsigned i = 0; i < view->key_count && i < UNIT_VIEW_KEYS; i++)
        if (!check(test, view->keys[i] >> RUN_BITS == test->environment->key_base >> RUN_BITS,
                   "registrations", "this run's alone", "a key of somebody else: %016" PRIx64,
                   view->keys[i]))
            return false;
    return true;
}

bool free_unit(struct test *test)
{
    const struct pr_out enter = {.action = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                 .service_action_key = unit_key(test, 1)};
    const struct pr_out clear = {.action = RESERVATION_ACTION_CLEAR, .key = unit_key(test, 1)};
    struct unit_view view;

    for (unsigned node = 0; node < NODES; node++)
        if (test->reserved[node] && !send_plain(test, node, IOCTL_STORAGE_RELEASE))
            return false;
    if (!test->environment->can[NEED_PR] || !test->environment->can[NEED_CONSENT])
        return true;
    if (!read_unit(test, NODE_1, &view) || !are_ours(test, &view))
        return false;
    return view.key_count == 0 ||
           (send_pr_out(test, NODE_1, &enter) && send_pr_out(test, NODE_1, &clear));
}

bool arrange(struct test *test, const struct unit_state *state)
{
    if (!free_unit(test))
        return false;
    for (unsigned node = 0; node < NODES; node++) {
        const struct pr_out enter = {.action = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                                     .service_action_key = state->key[node]};

        if (state->key[node] && !send_pr_out(test, node, &enter))
            return false;
    }
    if (state->holder != NOBODY) {
        const struct pr_out reserve = {.action = RESERVATION_ACTION_RESERVE,
                                       .type = state->type,
                                       .key = state->key[state->holder]};

        if (!send_pr_out(test, (unsigned)state->holder, &reserve))
            return false;
    }
    return state->legacy_holder == NOBODY ||
           send_plain(test, (unsigned)state->legacy_holder, IOCTL_STORAGE_RESERVE);
}

/* "keys [..1 ..2], held by ..1 type 3": the part of a key that is not the same in all of them. */
static void describe_unit(const struct unit_view *view, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "keys [");

    for (unsigned i = 0; i < view->key_count && i < UNIT_VIEW_KEYS && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s..%04x", i ? " " : "",
                                 (unsigned)(view->keys[i] & 0xffff));
    if (used < size)
        used += (size_t)snprintf(text + used, size - used, "]");
    if (view->held && used < size)
        snprintf(text + used, size - used, ", held by ..%04x type %u scope %u",
                 (unsigned)(view->holder_key & 0xffff), view->type, view->scope);
    else if (used < size)
        snprintf(text + used, size - used, ", not held");
}

static struct unit_view view_of(const struct unit_state *state)
{
    struct unit_view view = {0};

    for (unsigned node = 0; node < NODES; node++)
        if (state->key[node])
            view.keys[view.key_count++] = state->key[node];
    view.held = state->holder != NOBODY;
    if (view.held) {
        view.holder_key = state->key[state->holder];
        view.type = state->type;
    }
    return view;
}

/* The order of the keys is the disk's own. */
static bool has_key(const struct unit_view *view, uint64_t key)
{
    for (unsigned i = 0; i < view->key_count && i < UNIT_VIEW_KEYS; i++)
        if (view->keys[i] == key)
            return true;
    return false;
}

static bool views_equal(const struct unit_view *a, const struct unit_view *b)
{
    if (a->key_count != b->key_count || a->held != b->held)
        return false;
    for (unsigned i = 0; i < a->key_count && i < UNIT_VIEW_KEYS; i++)
        if (!has_key(b, a->keys[i]))
            return false;
    return !a->held ||
           (a->holder_key == b->holder_key && a->type == b->type && a->scope == b->scope);
}

bool expect_unit(struct test *test, const struct unit_state *state)
{
    const struct unit_view proper = view_of(state);
    char expected[160], found[160], what[64];

    describe_unit(&proper, expected, sizeof(expected));
    for (unsigned node = 0; node < NODES; node++) {
        struct unit_view seen;

        if (!test->nodes[node])
            continue;
        if (!read_unit(test, node, &seen))
            return false;
        describe_unit(&seen, found, sizeof(found));
        snprintf(what, sizeof(what), "the unit as node %u sees it", node + 1);
        if (!check(test, views_equal(&proper, &seen), what, expected, "%s", found))
            return false;
    }
    return true;
}

bool expect_no_effect(struct test *test, const struct request *request, int32_t status)
{
    char expected[160], found[160];
    struct unit_view before, after;
    bool ok;

    if (!read_unit(test, NODE_1, &before))
        return false;
    ok = expect(test, NODE_1, request, status, 0, NULL);
    if (!read_unit(test, NODE_1, &after))
        return false;
    describe_unit(&before, expected, sizeof(expected));
    describe_unit(&after, found, sizeof(found));
    ok &= check(test, views_equal(&before, &after), "the unit after a request that was refused",
                expected, "%s", found);
    return check(test, before.generation == after.generation,
                 "the generation after a request that was refused", "as it was", "%" PRIu32 " more",
                 after.generation - before.generation) &&
           ok;
}

/* Each answer also with what expect_status allows for its number of bytes. */
static bool expect_spc_answer(struct test *test, unsigned node, const struct request *request,
                              const struct spc_answer *proper, struct answer *answer)
{
    struct outcome outcomes[2 * SPC_OUTCOMES];

    if (proper->count == 1)
        return expect_status(test, node, request, proper->outcomes[0].status, answer);
    for (size_t i = 0; i < proper->count; i++) {
        outcomes[2 * i] = outcomes[2 * i + 1] = proper->outcomes[i];
        outcomes[2 * i + 1].information = PR_OUT_LIST_LENGTH;
        outcomes[2 * i + 1].where &= ON_WINDOWS | ON_REACTOS;
    }
    return expect_one_of(test, node, request, proper->question, outcomes, 2 * proper->count,
                         answer);
}

bool expect_pr_out(struct test *test, const struct unit_state *before, unsigned node,
                   const struct pr_out *out)
{
    const struct spc_answer proper = spc_pr_out(before, node, out);
    const struct request request = request_pr_out(out);
    struct answer answer = {0};
    bool ok;

    if (!arrange(test, before))
        return false;
    ok = expect_spc_answer(test, node, &request, &proper, &answer);
    return expect_unit(test, answer.returned ? &proper.after : before) && ok;
}
