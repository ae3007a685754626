#include "ask.h"

#include <string.h>

static bool move(void *context, bool is_write, uint64_t offset, void *data, uint32_t length)
{
    uint8_t *blocks = context;

    if (is_write)
        memcpy(blocks + offset, data, length);
    else
        memcpy(data, blocks + offset, length);
    return true;
}

uint32_t ask_cdb(struct asked *asked, unsigned int nexus, const uint8_t *cdb, size_t cdb_length,
                 uint32_t length, bool is_out)
{
    const struct unit_medium medium = {move, asked->blocks};
    struct unit_command command = {
        .is_out = is_out, .length = length, .data = asked->data, .medium = &medium};
    struct unit_answer answer;

    assert_true(cdb_length <= UNIT_CDB && length <= sizeof(asked->data));
    memcpy(command.cdb, cdb, cdb_length);
    answer = unit_execute(&asked->unit, nexus, &command);
    asked->transferred = answer.transferred;
    if (answer.status != UNIT_CHECK_CONDITION)
        return answer.status;
    return CHECK | (uint32_t)answer.sense.key << 16 | (uint32_t)answer.sense.asc << 8 |
           answer.sense.ascq;
}

uint32_t ask_plain(struct asked *asked, unsigned int nexus, uint8_t opcode)
{
    return ask_cdb(asked, nexus, &opcode, 1, 0, false);
}

uint32_t ask_pr_in(struct asked *asked, unsigned int nexus, uint8_t action, uint16_t length)
{
    const uint8_t cdb[10] = {OP_PERSISTENT_RESERVE_IN,
                             action, [7] = (uint8_t)(length >> 8), [8] = (uint8_t)length};

    memset(asked->data, 0xee, sizeof(asked->data));
    return ask_cdb(asked, nexus, cdb, sizeof(cdb), sizeof(asked->data), false);
}

uint32_t ask_pr_out(struct asked *asked, unsigned int nexus, enum action action, uint8_t scope_type,
                    uint8_t key, uint8_t action_key)
{
    const uint8_t cdb[10] = {OP_PERSISTENT_RESERVE_OUT, (uint8_t)action, scope_type, [8] = 24};

    memset(asked->data, 0, 24);
    asked->data[7] = key;
    asked->data[15] = action_key;
    return ask_cdb(asked, nexus, cdb, sizeof(cdb), 24, true);
}

uint32_t ask_attention(struct asked *asked, unsigned int nexus)
{
    const uint32_t answer = ask_plain(asked, nexus, OP_TEST_UNIT_READY);

    return (answer & 0xffff0000) == (CHECK | 0x060000) ? answer : 0;
}

void ask_new(struct asked *asked, bool first, bool second)
{
    memset(asked, 0, sizeof(*asked));
    unit_init(&asked->unit, 1, BLOCKS);
    if (first)
        assert_int_equal(ask_pr_out(asked, NODE_1, REGISTER, 0, 0, KEY_1), UNIT_GOOD);
    if (second)
        assert_int_equal(ask_pr_out(asked, NODE_2, REGISTER, 0, 0, KEY_2), UNIT_GOOD);
}
