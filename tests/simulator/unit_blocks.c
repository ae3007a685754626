/* The blocks: READ and WRITE in their three lengths, and READ CAPACITY. */
#include "unit_internal.h"

struct extent {
    uint64_t block;
    uint32_t count;
};

static struct extent extent_of(const uint8_t *cdb)
{
    struct extent extent;

    switch (cdb[0] >> 5) {
    case 0: /* SBC-2 5.6: 21 bits of address, and 0 blocks are 256 */
        extent = (struct extent){unit_get(&cdb[1], 3) & 0x1fffff, cdb[4] ? cdb[4] : 256u};
        break;
    case 4:
        extent = (struct extent){(uint64_t)unit_get(&cdb[2], 4) << 32 | unit_get(&cdb[6], 4),
                                 unit_get(&cdb[10], 4)};
        break;
    default:
        extent = (struct extent){unit_get(&cdb[2], 4), unit_get(&cdb[7], 2)};
    }
    return extent;
}

void unit_read_write(struct unit_call *call)
{
    const struct unit_command *command = call->command;
    const struct extent extent = extent_of(command->cdb);
    const bool is_write = (command->cdb[0] & 0x02) != 0;
    const uint64_t wanted = (uint64_t)extent.count * UNIT_BLOCK;
    const uint32_t length = wanted < command->length ? (uint32_t)wanted : command->length;

    if (extent.block > call->unit->blocks || extent.count > call->unit->blocks - extent.block) {
        unit_check_condition(call, out_of_range);
        return;
    }
    if (!command->medium || length == 0 || command->is_out != is_write)
        return;
    if (command->medium->move(command->medium->context, is_write, extent.block * UNIT_BLOCK,
                              command->data, length))
        call->answer.transferred = length;
    else
        unit_check_condition(call, medium_error);
}

static void read_capacity_10(struct unit_call *call)
{
    const uint64_t last = call->unit->blocks - 1;
    uint8_t data[8];

    unit_put(data, 4, last < UINT32_MAX ? last : UINT32_MAX);
    unit_put(data + 4, 4, UNIT_BLOCK);
    unit_return_data(call, data, sizeof(data), sizeof(data));
}

void unit_read_capacity(struct unit_call *call)
{
    const uint8_t *cdb = call->command->cdb;
    uint8_t data[32] = {0};

    if (cdb[0] == OP_READ_CAPACITY_10) {
        read_capacity_10(call);
        return;
    }
    if ((cdb[1] & 0x1f) != 0x10) {
        unit_check_condition(call, invalid_field_in_cdb);
        return;
    }
    unit_put(data, 8, call->unit->blocks - 1);
    unit_put(data + 8, 4, UNIT_BLOCK);
    unit_return_data(call, data, sizeof(data), unit_get(&cdb[10], 4));
}
