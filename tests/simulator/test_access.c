/* Who may do what while the unit is reserved: SPC-3 tables 31 to 33, SBC-2's, SPC-2 5.5.1. */
#include "ask.h"

enum { OK = UNIT_GOOD, NO = UNIT_CONFLICT };

static const struct {
    const char *name;
    uint8_t opcode;
    /* Of who is neither holder nor registered, by type of the reservation, and of who is
     * registered. */
    uint32_t stranger[2], registrant[2], fellow, legacy;
} rows[] = {
    /* stranger WE, EA; registrant WE, EA; registrant of a type for registrants; RESERVE by another
     */
    {"TEST UNIT READY", OP_TEST_UNIT_READY, {OK, OK}, {OK, OK}, OK, NO},
    {"INQUIRY", OP_INQUIRY, {OK, OK}, {OK, OK}, OK, OK},
    {"REQUEST SENSE", OP_REQUEST_SENSE, {OK, OK}, {OK, OK}, OK, OK},
    {"REPORT LUNS", OP_REPORT_LUNS, {OK, OK}, {OK, OK}, OK, OK},
    {"READ CAPACITY", OP_READ_CAPACITY_10, {OK, OK}, {OK, OK}, OK, OK},
    {"READ(6)", OP_READ_6, {OK, NO}, {OK, NO}, OK, NO},
    {"READ(10)", OP_READ_10, {OK, NO}, {OK, NO}, OK, NO},
    {"READ(16)", OP_READ_16, {OK, NO}, {OK, NO}, OK, NO},
    {"WRITE(10)", OP_WRITE_10, {NO, NO}, {NO, NO}, OK, NO},
    {"WRITE(16)", OP_WRITE_16, {NO, NO}, {NO, NO}, OK, NO},
    {"SYNCHRONIZE CACHE", OP_SYNCHRONIZE_CACHE_10, {NO, NO}, {NO, NO}, OK, NO},
    {"PR IN", OP_PERSISTENT_RESERVE_IN, {OK, OK}, {OK, OK}, OK, NO},
    {"RESERVE(6)", OP_RESERVE_6, {NO, NO}, {NO, NO}, OK, NO},
    {"RELEASE(6)", OP_RELEASE_6, {NO, NO}, {NO, NO}, OK, OK},
    {"RESERVE(10)", OP_RESERVE_10, {NO, NO}, {NO, NO}, OK, NO},
};

static const uint8_t types[] = {TYPE_WRITE_EXCLUSIVE,
                                TYPE_EXCLUSIVE_ACCESS,
                                TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
                                TYPE_EXCLUSIVE_ACCESS_REGISTRANTS,
                                TYPE_WRITE_EXCLUSIVE_ALL,
                                TYPE_EXCLUSIVE_ACCESS_ALL};

static void a_persistent_reservation_keeps_out_whom_it_should(void **state)
{
    struct asked asked;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t t = 0; t < COUNT(types); t++)
            for (int registered = 0; registered < 2; registered++) {
                uint32_t expected =
                    registered ? rows[i].registrant[t % 2] : rows[i].stranger[t % 2];

                if (registered && t >= 2)
                    expected = rows[i].fellow;
                ask_new(&asked, true, registered);
                EXPECT(ask_pr_out(&asked, NODE_1, RESERVE, types[t], KEY_1, 0), OK, "type %u",
                       types[t]);
                EXPECT(ask_plain(&asked, NODE_2, rows[i].opcode), expected,
                       "%s, type %u, registered %d", rows[i].name, types[t], registered);
                EXPECT(ask_plain(&asked, NODE_1, rows[i].opcode), OK, "%s by the holder, type %u",
                       rows[i].name, types[t]);
                EXPECT(asked.unit.legacy_holder, UNIT_ANY, "%s reserves nothing", rows[i].name);
            }
}

static void reserve_6_and_10_keep_everybody_else_out(void **state)
{
    static const uint8_t pairs[][2] = {{OP_RESERVE_6, OP_RELEASE_6},
                                       {OP_RESERVE_10, OP_RELEASE_10}};
    struct asked asked;

    (void)state;
    for (size_t p = 0; p < COUNT(pairs); p++)
        for (size_t i = 0; i < COUNT(rows); i++) {
            const char *name = rows[i].name;

            ask_new(&asked, false, false);
            EXPECT(ask_plain(&asked, NODE_1, pairs[p][0]), OK, "RESERVE");
            EXPECT(ask_plain(&asked, NODE_2, rows[i].opcode), rows[i].legacy, "%s", name);
            EXPECT(asked.unit.legacy_holder, NODE_1, "after %s", name);
            EXPECT(ask_plain(&asked, NODE_1, pairs[p][0]), OK, "RESERVE again");
            EXPECT(ask_plain(&asked, NODE_1, pairs[p][1]), OK, "RELEASE");
            EXPECT(ask_plain(&asked, NODE_2, rows[i].opcode), OK, "%s when released", name);
        }
}

/* SPC-2 5.5.1: both ways, whoever it is. */
static void old_and_new_reservations_exclude_each_other(void **state)
{
    struct asked asked;

    (void)state;
    ask_new(&asked, false, false);
    ask_plain(&asked, NODE_1, OP_RESERVE_6);
    for (unsigned int node = NODE_1; node <= NODE_2; node++) {
        EXPECT(ask_pr_in(&asked, node, 0, 8), NO, "READ KEYS of node %u", node);
        EXPECT(ask_pr_out(&asked, node, REGISTER, 0, 0, 1), NO, "REGISTER of node %u", node);
    }
    ask_new(&asked, true, false);
    EXPECT(ask_plain(&asked, NODE_1, OP_RESERVE_6), NO, "registered, nothing reserved");
    EXPECT(ask_plain(&asked, NODE_2, OP_RESERVE_6), NO, "a stranger beside a registration");
    EXPECT(ask_plain(&asked, NODE_2, OP_RELEASE_6), NO, "a stranger's release");
}

static void a_reset_ends_the_old_reservation_only_and_all_hear_of_it(void **state)
{
    static const uint32_t attentions[] = {CHECK | 0x062903, CHECK | 0x062903, CHECK | 0x062902};
    struct asked asked;

    (void)state;
    for (int level = UNIT_RESET_DEVICE; level <= UNIT_RESET_BUS; level++) {
        ask_new(&asked, false, false);
        ask_plain(&asked, NODE_1, OP_RESERVE_6);
        unit_reset(&asked.unit, (enum unit_reset_level)level);
        for (unsigned int node = NODE_1; node <= NODE_2; node++) {
            EXPECT(ask_attention(&asked, node), attentions[level], "level %d", level);
            EXPECT(ask_attention(&asked, node), 0, "level %d", level);
        }
        EXPECT(ask_plain(&asked, NODE_2, OP_RESERVE_6), OK, "level %d", level);
    }
    ask_new(&asked, true, false);
    ask_pr_out(&asked, NODE_1, RESERVE, TYPE_WRITE_EXCLUSIVE, KEY_1, 0);
    unit_reset(&asked.unit, UNIT_RESET_DEVICE);
    EXPECT(asked.unit.type, TYPE_WRITE_EXCLUSIVE, "the persistent one stays");
    EXPECT(asked.unit.nexus[NODE_1].is_registered, true, "and the registration");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_persistent_reservation_keeps_out_whom_it_should),
        cmocka_unit_test(reserve_6_and_10_keep_everybody_else_out),
        cmocka_unit_test(old_and_new_reservations_exclude_each_other),
        cmocka_unit_test(a_reset_ends_the_old_reservation_only_and_all_hear_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
