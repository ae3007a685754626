/* What the unit says of itself: INQUIRY, MODE SENSE, REPORT LUNS. */
#include "unit_internal.h"

#include <stdio.h>
#include <string.h>

enum { INQUIRY_LENGTH = 96, SERIAL = 8, PAGE_MAX = 64 };

/* SPC-4 7.8.5: an NAA name (6, locally made) of the unit, and number and name of the target port.
 */
static uint32_t device_identification(const struct unit_call *call, uint8_t *page)
{
    static const uint8_t header[] = {0x01, 0x03, 0x00, 16};
    uint8_t *at = page + 4;

    memcpy(at, header, 4);
    unit_put(at + 4, 8, 0x6f00d5f057000000u);
    unit_put(at + 12, 8, 0x1000000u + call->unit->number);
    at += 20;
    memcpy(at, (const uint8_t[]){0x61, 0x94, 0x00, 4}, 4);
    unit_put(at + 4, 4, call->nexus + 1);
    at += 8;
    memcpy(at, (const uint8_t[]){0x61, 0x93, 0x00, 8}, 4);
    unit_put(at + 4, 8, 0x5000000000000b01u + call->nexus);
    at += 12;
    return (uint32_t)(at - page);
}

static uint32_t serial_number(const struct unit_call *call, uint8_t *page)
{
    char serial[SERIAL + 1];

    snprintf(serial, sizeof(serial), "HF%06X", call->unit->number & 0xffffffu);
    memcpy(page + 4, serial, SERIAL);
    return 4 + SERIAL;
}

static uint32_t supported_pages(const struct unit_call *call, uint8_t *page)
{
    (void)call;
    memcpy(page + 4, (const uint8_t[]){0x00, 0x80, 0x83}, 3);
    return 7;
}

static void vital_product_data(struct unit_call *call, uint32_t allocation_length)
{
    static const struct {
        uint8_t code;
        uint32_t (*fill)(const struct unit_call *call, uint8_t *page);
    } pages[] = {{0x00, supported_pages}, {0x80, serial_number}, {0x83, device_identification}};
    uint8_t data[PAGE_MAX] = {0};

    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        uint32_t length;

        if (pages[i].code != call->command->cdb[2])
            continue;
        length = pages[i].fill(call, data);
        data[1] = pages[i].code;
        unit_put(data + 2, 2, length - 4);
        unit_return_data(call, data, length, allocation_length);
        return;
    }
    unit_check_condition(call, invalid_field_in_cdb);
}

void unit_inquiry(struct unit_call *call)
{
    const uint8_t *cdb = call->command->cdb;
    const uint32_t allocation_length = unit_get(&cdb[3], 2);
    static const char names[28] = "HOLDFASTSIMULATED DISK  0001"; /* vendor, product, revision */
    uint8_t data[INQUIRY_LENGTH] = {[2] = 0x06, [3] = 0x12, [4] = INQUIRY_LENGTH - 5, [7] = 0x02};

    if (cdb[1] & 0x01) {
        vital_product_data(call, allocation_length);
        return;
    }
    if (cdb[1] & 0x02 || cdb[2]) {
        unit_check_condition(call, invalid_field_in_cdb);
        return;
    }
    memcpy(data + 8, names, sizeof(names));
    unit_return_data(call, data, sizeof(data), allocation_length);
}

/* The caching page with the write cache on, so that there is a reason to flush; not
 * write-protected. */
void unit_mode_sense(struct unit_call *call)
{
    static const uint8_t caching[20] = {0x08, 18, 0x04};
    const uint8_t *cdb = call->command->cdb;
    const bool is_ten = cdb[0] == OP_MODE_SENSE_10;
    const uint32_t header = is_ten ? 8 : 4;
    const uint8_t page = cdb[2] & 0x3f;
    uint8_t data[8 + sizeof(caching)] = {0};
    const uint32_t length = header + sizeof(caching);

    if (page != 0x08 && page != 0x3f) {
        unit_check_condition(call, invalid_field_in_cdb);
        return;
    }
    if (is_ten)
        unit_put(data, 2, length - 2);
    else
        data[0] = (uint8_t)(length - 1);
    data[is_ten ? 3 : 2] = 0x10; /* DPOFUA */
    memcpy(data + header, caching, sizeof(caching));
    unit_return_data(call, data, length, is_ten ? unit_get(&cdb[7], 2) : cdb[4]);
}

void unit_report_luns(struct unit_call *call)
{
    const uint8_t data[16] = {[3] = 8};

    unit_return_data(call, data, sizeof(data), unit_get(&call->command->cdb[6], 4));
}
