/* The way of a command through the unit: known, ordered otherwise, unit attention, reservations,
 * done. */
#include "unit_internal.h"

#include <string.h>

uint32_t unit_get(const uint8_t *bytes, unsigned int count)
{
    uint32_t value = 0;

    while (count--)
        value = value << 8 | *bytes++;
    return value;
}

void unit_put(uint8_t *bytes, unsigned int count, uint64_t value)
{
    while (count--) {
        bytes[count] = (uint8_t)value;
        value >>= 8;
    }
}

void unit_check_condition(struct unit_call *call, struct unit_sense sense)
{
    call->answer = (struct unit_answer){.status = UNIT_CHECK_CONDITION, .sense = sense};
}

void unit_conflict(struct unit_call *call)
{
    call->answer = (struct unit_answer){.status = UNIT_CONFLICT};
}

void unit_return_data(struct unit_call *call, const uint8_t *data, uint32_t length,
                      uint32_t allocation_length)
{
    if (length > allocation_length)
        length = allocation_length;
    if (length > call->command->length)
        length = call->command->length;
    if (call->command->is_out)
        length = 0;
    if (length)
        memcpy(call->command->data, data, length);
    call->answer.transferred = length;
}

/* SAM-4 5.14: each condition is kept once. The last place goes to the newest. */
void unit_attend(struct unit_nexus *nexus, struct unit_sense sense)
{
    for (unsigned int i = 0; i < nexus->attentions; i++)
        if (memcmp(&nexus->attention[i], &sense, sizeof(sense)) == 0)
            return;
    if (nexus->attentions == UNIT_ATTENTIONS)
        nexus->attentions--;
    nexus->attention[nexus->attentions++] = sense;
}

void unit_attend_others(struct unit *unit, unsigned int nexus, struct unit_sense sense)
{
    for (unsigned int i = 0; i < UNIT_NEXUSES; i++)
        if (i != nexus && unit->nexus[i].is_registered)
            unit_attend(&unit->nexus[i], sense);
}

struct unit_sense unit_take_attention(struct unit_nexus *nexus)
{
    struct unit_sense first = {0};

    if (nexus->attentions == 0)
        return first;
    first = nexus->attention[0];
    nexus->attentions--;
    memmove(&nexus->attention[0], &nexus->attention[1],
            nexus->attentions * sizeof(nexus->attention[0]));
    return first;
}

uint32_t unit_sense_data(const struct unit_sense *sense, uint8_t data[UNIT_SENSE])
{
    if (!sense->key && !sense->asc && !sense->ascq)
        return 0;
    memset(data, 0, UNIT_SENSE);
    data[0] = 0x70;
    data[2] = sense->key;
    data[7] = UNIT_SENSE - 8;
    data[12] = sense->asc;
    data[13] = sense->ascq;
    return UNIT_SENSE;
}

static void test_unit_ready(struct unit_call *call)
{
    (void)call;
}

/* SPC-4 6.39: the unit attention is the data, and that clears it. */
static void request_sense(struct unit_call *call)
{
    const struct unit_sense sense = unit_take_attention(&call->unit->nexus[call->nexus]);
    uint8_t data[UNIT_SENSE] = {[0] = 0x70, [7] = UNIT_SENSE - 8};

    unit_sense_data(&sense, data);
    unit_return_data(call, data, sizeof(data), call->command->cdb[4]);
}

static const struct operation {
    uint8_t opcode;
    bool ignores_attention; /* SAM-4 5.14 */
    enum unit_access access;
    uint32_t lack; /* refused where the unit lacks this */
    void (*run)(struct unit_call *call);
} operations[] = {
    {OP_TEST_UNIT_READY, false, ACCESS_READY, 0, test_unit_ready},
    {OP_REQUEST_SENSE, true, ACCESS_ALWAYS, 0, request_sense},
    {OP_READ_6, false, ACCESS_READ, 0, unit_read_write},
    {OP_WRITE_6, false, ACCESS_WRITE, 0, unit_read_write},
    {OP_INQUIRY, true, ACCESS_ALWAYS, 0, unit_inquiry},
    {OP_RESERVE_6, false, ACCESS_RESERVE, UNIT_LACKS_LEGACY_6, unit_reserve},
    {OP_RELEASE_6, false, ACCESS_RELEASE, UNIT_LACKS_LEGACY_6, unit_release},
    {OP_MODE_SENSE_6, false, ACCESS_READ, 0, unit_mode_sense},
    {OP_READ_CAPACITY_10, false, ACCESS_ALWAYS, 0, unit_read_capacity},
    {OP_READ_10, false, ACCESS_READ, 0, unit_read_write},
    {OP_WRITE_10, false, ACCESS_WRITE, 0, unit_read_write},
    {OP_SYNCHRONIZE_CACHE_10, false, ACCESS_WRITE, 0, test_unit_ready},
    {OP_RESERVE_10, false, ACCESS_RESERVE, UNIT_LACKS_LEGACY_10, unit_reserve},
    {OP_RELEASE_10, false, ACCESS_RELEASE, UNIT_LACKS_LEGACY_10, unit_release},
    {OP_MODE_SENSE_10, false, ACCESS_READ, 0, unit_mode_sense},
    {OP_PERSISTENT_RESERVE_IN, false, ACCESS_PERSISTENT, UNIT_LACKS_PERSISTENT,
     unit_persistent_reserve_in},
    {OP_PERSISTENT_RESERVE_OUT, false, ACCESS_PERSISTENT, UNIT_LACKS_PERSISTENT,
     unit_persistent_reserve_out},
    {OP_READ_16, false, ACCESS_READ, 0, unit_read_write},
    {OP_WRITE_16, false, ACCESS_WRITE, 0, unit_read_write},
    {OP_SYNCHRONIZE_CACHE_16, false, ACCESS_WRITE, 0, test_unit_ready},
    {OP_SERVICE_ACTION_IN_16, false, ACCESS_ALWAYS, 0, unit_read_capacity},
    {OP_REPORT_LUNS, true, ACCESS_ALWAYS, 0, unit_report_luns},
};

static const struct operation *find_operation(const struct unit *unit, uint8_t opcode)
{
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (operations[i].opcode == opcode)
            return (unit->lacks & operations[i].lack) ? NULL : &operations[i];
    return NULL;
}

static bool answered_by_order(struct unit_call *call)
{
    for (unsigned int i = 0; i < UNIT_ORDERS; i++) {
        struct unit_order *order = &call->unit->orders[i];

        if (!order->count || (order->nexus != UNIT_ANY && order->nexus != (int32_t)call->nexus) ||
            (order->opcode != UNIT_ANY && order->opcode != call->command->cdb[0]))
            continue;
        order->count--;
        call->answer = (struct unit_answer){
            .status = order->status, .host_status = order->host_status, .sense = order->sense};
        return true;
    }
    return false;
}

/* A unit attention comes before a reservation conflict. SAM-4 5.3.3 may be read the other way;
 * disks and Linux' target do it so. */
struct unit_answer unit_execute(struct unit *unit, unsigned int nexus,
                                const struct unit_command *command)
{
    const struct operation *operation = find_operation(unit, command->cdb[0]);
    struct unit_call call = {.unit = unit, .nexus = nexus, .command = command};

    if (answered_by_order(&call))
        return call.answer;
    if (!operation)
        unit_check_condition(&call, invalid_opcode);
    else if (!operation->ignores_attention && unit->nexus[nexus].attentions)
        unit_check_condition(&call, unit_take_attention(&unit->nexus[nexus]));
    else if (unit_access_conflicts(unit, nexus, operation->access))
        unit_conflict(&call);
    else
        operation->run(&call);
    return call.answer;
}

void unit_init(struct unit *unit, uint32_t number, uint64_t blocks)
{
    *unit = (struct unit){.number = number,
                          .blocks = blocks,
                          .holder = UNIT_ANY,
                          .legacy_holder = UNIT_ANY,
                          .room = UNIT_NEXUSES};
}

void unit_reset(struct unit *unit, enum unit_reset_level level)
{
    /* SPC-4 annex F: SCSI bus reset, and bus device reset function, occurred. */
    const struct unit_sense sense = {6, 0x29, level == UNIT_RESET_BUS ? 0x02 : 0x03};

    unit->legacy_holder = UNIT_ANY;
    for (unsigned int i = 0; i < UNIT_NEXUSES; i++)
        unit_attend(&unit->nexus[i], sense);
}
