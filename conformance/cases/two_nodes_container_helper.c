/* As a container-storage helper asks: PR IN on a read-only handle, first the eight bytes that say
 * how many there are; PR OUT with 48 bytes of input, registering by 06h; the holder preempted. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

#include <inttypes.h>

enum { INPUT_LENGTH = 48, HEADER = 8, KEY_LENGTH = 8 };

static bool send(struct test *test, unsigned node, const struct pr_out *out)
{
    struct request request = request_pr_out(out);

    request.input_length = INPUT_LENGTH;
    request_set_size(&request, INPUT_LENGTH);
    return expect_status(test, node, &request, NT_STATUS_SUCCESS, NULL);
}

static bool enter(struct test *test, unsigned node)
{
    const struct pr_out out = {
        .action = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
        .service_action_key = unit_key(test, node + 1),
    };

    return send(test, node, &out);
}

static bool look(struct test *test, unsigned node, uint32_t keys)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, HEADER);
    struct answer answer;
    uint32_t length;

    request.access = OPEN_READ;
    if (!expect(test, node, &request, NT_STATUS_SUCCESS, HEADER, &answer))
        return false;
    length = get_be32(answer.output + 4);
    if (!check(test, length == keys * KEY_LENGTH, "AdditionalLength", "of all the keys", "%" PRIu32,
               length))
        return false;
    request = request_pr_in(RESERVATION_ACTION_READ_KEYS, (uint16_t)(HEADER + length));
    request.access = OPEN_READ;
    return expect(test, node, &request, NT_STATUS_SUCCESS, HEADER + length, &answer);
}

static void run(struct test *test, unsigned row)
{
    const uint8_t type = RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS;
    const struct unit_state after = situation_state(test, NODE_2, WE_HOLD, type);
    const struct pr_out reserve = {
        .action = RESERVATION_ACTION_RESERVE, .type = type, .key = unit_key(test, 1)};
    const struct pr_out preempt = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = type,
        .key = unit_key(test, 2),
        .service_action_key = unit_key(test, 1),
    };

    (void)row;
    if (enter(test, NODE_1) && look(test, NODE_1, 1) && send(test, NODE_1, &reserve) &&
        enter(test, NODE_2) && look(test, NODE_2, 2) && send(test, NODE_2, &preempt) &&
        look(test, NODE_2, 1))
        expect_unit(test, &after);
}

const struct behaviour two_nodes_container_helper = {
    .name = "two_nodes.container_helper",
    .source = "field-notes 1; classpnp utils.c ClasspPersistentReserve (Size above 36)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    .run = run,
};
