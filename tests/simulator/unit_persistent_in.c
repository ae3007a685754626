/* PERSISTENT RESERVE IN, SPC-3 6.11. */
#include "unit_internal.h"

#include <string.h>

enum {
    HEADER = 8,
    DESCRIPTOR = 16,
    FULL_DESCRIPTOR = 24,
    TRANSPORT_ID = 24, /* SAS, SPC-4 7.6.4.5 */
    DATA_MAX = HEADER + UNIT_NEXUSES * (FULL_DESCRIPTOR + TRANSPORT_ID),
};

static uint32_t read_keys(const struct unit *unit, uint8_t *list)
{
    uint32_t length = 0;

    for (unsigned int i = 0; i < UNIT_NEXUSES; i++) {
        if (!unit->nexus[i].is_registered)
            continue;
        memcpy(list + length, unit->nexus[i].key, UNIT_KEY);
        length += UNIT_KEY;
    }
    return length;
}

/* Where all registrants hold it the key is zero, SPC-3 6.11.3.2. */
static uint32_t read_reservation(const struct unit *unit, uint8_t *list)
{
    if (unit->type == TYPE_NONE)
        return 0;
    if (!unit_type_is_for_all(unit->type))
        memcpy(list, unit->nexus[unit->holder].key, UNIT_KEY);
    list[13] = unit->type;
    return DESCRIPTOR;
}

static uint32_t read_full_status(const struct unit *unit, uint8_t *list)
{
    uint8_t *at = list;

    for (unsigned int i = 0; i < UNIT_NEXUSES; i++) {
        if (!unit->nexus[i].is_registered)
            continue;
        memcpy(at, unit->nexus[i].key, UNIT_KEY);
        if (unit_is_holder(unit, i)) {
            at[12] = 0x01;
            at[13] = unit->type;
        }
        unit_put(at + 18, 2, i + 1);
        unit_put(at + 20, 4, TRANSPORT_ID);
        at += FULL_DESCRIPTOR;
        at[0] = 0x06;                                 /* SAS */
        unit_put(at + 4, 8, 0x5000000000000a01u + i); /* the initiator's address */
        at += TRANSPORT_ID;
    }
    return (uint32_t)(at - list);
}

/* SPC-4 table 192: CRH, since RESERVE(6) is excepted as SPC-3 5.6.3 has it; PTPL_C; all six types.
 */
static void report_capabilities(struct unit_call *call, uint32_t allocation_length)
{
    const uint8_t data[] = {0, 8, 0x11, call->unit->persists ? 0x81 : 0x80, 0xea, 0x01, 0, 0};

    unit_return_data(call, data, sizeof(data), allocation_length);
}

void unit_persistent_reserve_in(struct unit_call *call)
{
    static uint32_t (*const lists[])(const struct unit *unit, uint8_t *list) = {
        [0] = read_keys, [1] = read_reservation, [3] = read_full_status};
    const uint8_t action = call->command->cdb[1] & 0x1f;
    const uint32_t allocation_length = unit_get(&call->command->cdb[7], 2);
    uint8_t data[DATA_MAX] = {0};
    uint32_t length;

    if (action == 2) {
        report_capabilities(call, allocation_length);
        return;
    }
    if (action >= sizeof(lists) / sizeof(lists[0])) {
        unit_check_condition(call, invalid_field_in_cdb);
        return;
    }
    length = lists[action](call->unit, data + HEADER);
    unit_put(data, 4, call->unit->generation);
    unit_put(data + 4, 4, length);
    unit_return_data(call, data, HEADER + length, allocation_length);
}
