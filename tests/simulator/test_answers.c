/* What the unit answers with data: lists, identity, blocks; each cut where it has to be. */
#include "ask.h"

#include <string.h>

static void pr_in_lists_what_there_is(void **state)
{
    static const uint8_t keys[24] = {[3] = 2, [7] = 16, [15] = KEY_1, [23] = KEY_2};
    static const uint8_t held[24] = {[3] = 2, [7] = 16, [15] = KEY_1, [21] = TYPE_EXCLUSIVE_ACCESS};
    static const uint8_t all[24] = {[3] = 2, [7] = 16, [21] = TYPE_WRITE_EXCLUSIVE_ALL};
    static const uint8_t able[8] = {0, 8, 0x11, 0x80, 0xea, 0x01};
    struct asked asked;

    (void)state;
    ask_new(&asked, true, true);
    EXPECT(ask_pr_in(&asked, NODE_2, 1, 512), UNIT_GOOD, "READ RESERVATION");
    EXPECT(asked.transferred, 8, "none");
    EXPECT(ask_pr_out(&asked, NODE_1, RESERVE, TYPE_EXCLUSIVE_ACCESS, KEY_1, 0), UNIT_GOOD, "EA");
    EXPECT(ask_pr_in(&asked, NODE_2, 1, 512), UNIT_GOOD, "READ RESERVATION");
    EXPECT(asked.transferred, sizeof(held), "READ RESERVATION");
    EXPECT_BYTES(asked.data, held, sizeof(held), "READ RESERVATION");
    ask_pr_out(&asked, NODE_1, RELEASE, TYPE_EXCLUSIVE_ACCESS, KEY_1, 0);
    ask_pr_out(&asked, NODE_1, RESERVE, TYPE_WRITE_EXCLUSIVE_ALL, KEY_1, 0);
    EXPECT(ask_pr_in(&asked, NODE_2, 1, 512), UNIT_GOOD, "READ RESERVATION");
    EXPECT_BYTES(asked.data, all, sizeof(all), "all registrants");
    EXPECT(ask_pr_in(&asked, NODE_1, 2, 512), UNIT_GOOD, "REPORT CAPABILITIES");
    EXPECT_BYTES(asked.data, able, sizeof(able), "REPORT CAPABILITIES");
    for (uint16_t length = 0; length < 30; length++) {
        const uint32_t sent = length < sizeof(keys) ? length : sizeof(keys);

        EXPECT(ask_pr_in(&asked, NODE_1, 0, length), UNIT_GOOD, "READ KEYS of %u", length);
        EXPECT(asked.transferred, sent, "READ KEYS of %u", length);
        EXPECT_BYTES(asked.data, keys, sent, "READ KEYS of %u", length);
        EXPECT(asked.data[sent], 0xee, "nothing beyond %u", length);
    }
    for (uint8_t action = 4; action < 32; action++)
        EXPECT(ask_pr_in(&asked, NODE_1, action, 64), CHECK | 0x052400, "action %u", action);
}

static void full_status_names_each_nexus(void **state)
{
    struct asked asked;

    (void)state;
    ask_new(&asked, true, true);
    ask_pr_out(&asked, NODE_2, RESERVE, TYPE_WRITE_EXCLUSIVE, KEY_2, 0);
    EXPECT(ask_pr_in(&asked, NODE_1, 3, 512), UNIT_GOOD, "READ FULL STATUS");
    EXPECT(asked.transferred, 8 + 2 * 48, "two of them");
    EXPECT(asked.data[8 + 12], 0, "node 1 holds nothing");
    EXPECT(asked.data[8 + 48 + 12], 1, "node 2 holds");
    EXPECT(asked.data[8 + 48 + 13], TYPE_WRITE_EXCLUSIVE, "its type");
    EXPECT(asked.data[8 + 48 + 19], 2, "its port");
    EXPECT(asked.data[8 + 48 + 23], 24, "its TransportID");
}

static uint32_t inquire(struct asked *asked, unsigned int node, uint8_t vpd, uint8_t page)
{
    const uint8_t cdb[6] = {OP_INQUIRY, vpd, page, 0, 255};

    memset(asked->data, 0xee, sizeof(asked->data));
    return ask_cdb(asked, node, cdb, sizeof(cdb), 255, false);
}

static void both_nexuses_name_one_unit_and_two_ports(void **state)
{
    struct asked asked;
    uint8_t first[64];

    (void)state;
    ask_new(&asked, false, false);
    EXPECT(inquire(&asked, NODE_1, 1, 0x83), UNIT_GOOD, "83h");
    EXPECT(asked.transferred, 44, "83h");
    memcpy(first, asked.data, sizeof(first));
    EXPECT(inquire(&asked, NODE_2, 1, 0x83), UNIT_GOOD, "83h");
    EXPECT_BYTES(asked.data, first, 24, "the unit's name");
    EXPECT(asked.data[31], 2, "the second port");
    EXPECT(first[31], 1, "the first port");
    EXPECT(inquire(&asked, NODE_1, 1, 0x55), CHECK | 0x052400, "no such page");
    EXPECT(inquire(&asked, NODE_1, 0, 0x80), CHECK | 0x052400, "a page without EVPD");
    EXPECT(inquire(&asked, NODE_1, 0, 0), UNIT_GOOD, "standard");
    EXPECT_BYTES(asked.data + 8, "HOLDFAST", 8, "the vendor");
}

static void what_is_written_is_read_in_every_length(void **state)
{
    static const struct {
        uint8_t write[16], read[16];
    } rows[] = {
        {{OP_WRITE_6, 0, 0, 5, 1}, {OP_READ_6, 0xe0, 0, 5, 1}},
        {{OP_WRITE_10, [5] = 6, [8] = 1}, {OP_READ_10, [5] = 6, [8] = 1}},
        {{OP_WRITE_16, [9] = 63, [13] = 1}, {OP_READ_16, [9] = 63, [13] = 1}},
    };
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    for (size_t i = 0; i < COUNT(rows); i++) {
        memset(asked.data, (int)i + 1, sizeof(asked.data));
        EXPECT(ask_cdb(&asked, NODE_1, rows[i].write, 16, 600, true), UNIT_GOOD, "write %zu", i);
        EXPECT(asked.transferred, UNIT_BLOCK, "write %zu", i);
        memset(asked.data, 0, sizeof(asked.data));
        EXPECT(ask_cdb(&asked, NODE_2, rows[i].read, 16, 600, false), UNIT_GOOD, "read %zu", i);
        EXPECT(asked.data[UNIT_BLOCK - 1], i + 1, "read %zu", i);
        EXPECT(asked.data[UNIT_BLOCK], 0, "no byte more, %zu", i);
    }
}

static void blocks_beyond_the_end_are_refused(void **state)
{
    static const uint8_t cdbs[][16] = {
        {OP_READ_6, 0, 1, 0, 1},
        {OP_READ_6, 0, 0, 1, 0}, /* 256 of them */
        {OP_WRITE_10, [5] = 255, [8] = 2},
        {OP_READ_16, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 1},
        {OP_READ_16, [10] = 255, [11] = 255, [12] = 255, [13] = 255},
    };
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    for (size_t i = 0; i < COUNT(cdbs); i++)
        EXPECT(ask_cdb(&asked, NODE_1, cdbs[i], 16, 512, cdbs[i][0] & 2), CHECK | 0x052100, "%zu",
               i);
}

/* SAM-4 5.14 */
static void three_commands_do_not_take_a_unit_attention(void **state)
{
    static const uint8_t request_sense[6] = {OP_REQUEST_SENSE, [4] = 252};
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    unit_reset(&asked.unit, UNIT_RESET_DEVICE);
    EXPECT(inquire(&asked, NODE_1, 0, 0), UNIT_GOOD, "INQUIRY");
    EXPECT(ask_plain(&asked, NODE_1, OP_REPORT_LUNS), UNIT_GOOD, "REPORT LUNS");
    EXPECT(ask_cdb(&asked, NODE_1, request_sense, 6, 252, false), UNIT_GOOD, "REQUEST SENSE");
    EXPECT(asked.transferred, UNIT_SENSE, "REQUEST SENSE");
    EXPECT(asked.data[2] << 16 | asked.data[12] << 8 | asked.data[13], 0x062903, "its data");
    EXPECT(ask_plain(&asked, NODE_1, OP_READ_CAPACITY_10), UNIT_GOOD, "it was told");
    EXPECT(ask_plain(&asked, NODE_2, OP_READ_CAPACITY_10), CHECK | 0x062903, "to node 1 only");
}

/* No CDB makes the model touch more than the data it was given: the sanitizers watch. */
static void any_cdb_is_survived(void **state)
{
    struct asked asked;
    uint32_t random = 1;

    (void)state;
    ask_new(&asked, true, true);
    for (int i = 0; i < 200000; i++) {
        uint8_t cdb[16];

        for (size_t n = 0; n < sizeof(cdb); n++) {
            random = random * 1664525 + 1013904223;
            cdb[n] = (uint8_t)(random >> (n % 3 ? 29 : 24));
        }
        ask_cdb(&asked, random >> 31, cdb, sizeof(cdb), random >> 8 & 0x3ff, random >> 30 & 1);
        EXPECT(asked.transferred <= (random >> 8 & 0x3ff), true, "command %d", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pr_in_lists_what_there_is),
        cmocka_unit_test(full_status_names_each_nexus),
        cmocka_unit_test(both_nexuses_name_one_unit_and_two_ports),
        cmocka_unit_test(what_is_written_is_read_in_every_length),
        cmocka_unit_test(blocks_beyond_the_end_are_refused),
        cmocka_unit_test(three_commands_do_not_take_a_unit_attention),
        cmocka_unit_test(any_cdb_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
