/* lacks and inject: what the words do, and that other lines do nothing and are counted. */
#include "ask.h"
#include "orders.h"

#include <string.h>

static unsigned int give(struct asked *asked, const char *text,
                         unsigned int (*read)(struct unit *unit, char *text))
{
    char copy[512];

    assert_true(strlen(text) < sizeof(copy));
    strcpy(copy, text); /* NOLINT(clang-analyzer-security.insecureAPI.strcpy): measured above */
    return read(&asked->unit, copy);
}

static void what_is_lacked_is_refused(void **state)
{
    const uint32_t unknown = CHECK | 0x052000;
    static const struct {
        const char *text;
        uint8_t refused[4], served[4];
    } rows[] = {
        {"pr", {0x5e, 0x5f}, {0x16, 0x17, 0x56, 0x57}},
        {"legacy6\n", {0x16, 0x17}, {0x56, 0x57}},
        {"\n legacy\r\n", {0x16, 0x17, 0x56, 0x57}, {0}},
    };
    struct asked asked;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ask_new(&asked, false, false);
        EXPECT(give(&asked, rows[i].text, orders_lacks), 0, "%s", rows[i].text);
        for (size_t n = 0; n < 4; n++) {
            if (rows[i].refused[n])
                EXPECT(ask_plain(&asked, NODE_1, rows[i].refused[n]), unknown, "%s", rows[i].text);
            EXPECT(ask_plain(&asked, NODE_1, rows[i].served[n]), UNIT_GOOD, "%s", rows[i].text);
        }
        EXPECT(give(&asked, "", orders_lacks), 0, "nothing");
        EXPECT(asked.unit.lacks, 0, "given back");
    }
}

static void there_is_room_for_so_many_registrations(void **state)
{
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    EXPECT(give(&asked, "room 1", orders_lacks), 0, "room 1");
    EXPECT(ask_pr_out(&asked, NODE_1, REGISTER, 0, 0, KEY_1), UNIT_GOOD, "first");
    EXPECT(ask_pr_out(&asked, NODE_2, REGISTER, 0, 0, KEY_2), CHECK | 0x055504, "second");
    EXPECT(ask_pr_out(&asked, NODE_1, REGISTER, 0, KEY_1, KEY_2), UNIT_GOOD, "a change");
}

static void an_order_is_answered_as_often_as_it_says(void **state)
{
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    EXPECT(give(&asked, "5f 2 2 6 2a 3\nnode2 * 1 8\n", orders_inject), 0, "two orders");
    EXPECT(ask_plain(&asked, NODE_1, 0), UNIT_GOOD, "another opcode");
    for (int i = 0; i < 2; i++)
        EXPECT(ask_pr_out(&asked, NODE_1, REGISTER, 0, 0, KEY_1), CHECK | 0x062a03, "%d", i);
    EXPECT(asked.unit.nexus[NODE_1].is_registered, false, "without effect");
    EXPECT(ask_pr_out(&asked, NODE_1, REGISTER, 0, 0, KEY_1), UNIT_GOOD, "used up");
    EXPECT(ask_plain(&asked, NODE_2, OP_INQUIRY), 0x08, "any opcode of node 2");
    EXPECT(ask_plain(&asked, NODE_2, OP_INQUIRY), UNIT_GOOD, "used up");
}

static void lines_without_meaning_are_counted(void **state)
{
    static const char *const orders[] = {"5f",
                                         "5f 1",
                                         "100 1 2",
                                         "5f -1 2",
                                         "5f 1 2 6 2a 3 0 0",
                                         "zz 1 2",
                                         "5f 1 200",
                                         "node3 5f 1 2",
                                         "5f -18446744073709551615 2"};
    static const char *const lacks[] = {"room", "room x", "pr pr", "prr", "room -1"};
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    for (size_t i = 0; i < COUNT(orders); i++)
        EXPECT(give(&asked, orders[i], orders_inject), 1, "%s", orders[i]);
    for (size_t i = 0; i < COUNT(lacks); i++)
        EXPECT(give(&asked, lacks[i], orders_lacks), 1, "%s", lacks[i]);
    for (size_t i = 0; i < UNIT_ORDERS; i++)
        EXPECT(asked.unit.orders[i].count, 0, "nothing is ordered");
    EXPECT(asked.unit.lacks, 0, "nothing lacks");
    EXPECT(asked.unit.room, UNIT_NEXUSES, "and there is room");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_lacked_is_refused),
        cmocka_unit_test(there_is_room_for_so_many_registrations),
        cmocka_unit_test(an_order_is_answered_as_often_as_it_says),
        cmocka_unit_test(lines_without_meaning_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
