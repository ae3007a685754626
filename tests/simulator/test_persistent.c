/* PERSISTENT RESERVE OUT: what each action answers, leaves behind and tells the others. SPC-3 5.6.
 */
#include "ask.h"

enum {
    WE = TYPE_WRITE_EXCLUSIVE,
    EA = TYPE_EXCLUSIVE_ACCESS,
    WE_RO = TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
    EA_RO = TYPE_EXCLUSIVE_ACCESS_REGISTRANTS,
    WE_ALL = TYPE_WRITE_EXCLUSIVE_ALL,
    NONE = TYPE_NONE,
    OK = UNIT_GOOD,
    NO = UNIT_CONFLICT,
    BAD_CDB = CHECK | 0x052400,
    BAD_LIST = CHECK | 0x052600,
    BAD_RELEASE = CHECK | 0x052604,
    PREEMPTED = CHECK | 0x062a03,
    RELEASED = CHECK | 0x062a04,
    UNREGISTERED = CHECK | 0x062a05,
};

struct row {
    const char *name;
    bool first, second; /* registered */
    uint8_t held;       /* by node 1, with this type */
    unsigned int node;
    enum action action;
    uint8_t scope_type, key, action_key;
    uint32_t answer;
    uint8_t type; /* afterwards */
    int holder;
    uint8_t keys[2];
    uint32_t attentions[2];
    int counts; /* the generation goes up by this */
};

#define BOTH         \
    {                \
        KEY_1, KEY_2 \
    }
#define QUIET \
    {         \
        0, 0  \
    }
#define NOBODY UNIT_ANY

static const struct row rows[] = {
    {"register", 0, 0, NONE, 0, REGISTER, 0, 0, KEY_1, OK, NONE, NOBODY, {KEY_1, 0}, QUIET, 1},
    {"register, a key too much",
     0,
     0,
     0,
     0,
     REGISTER,
     0,
     9,
     KEY_1,
     NO,
     0,
     NOBODY,
     {0, 0},
     QUIET,
     0},
    {"register nothing", 0, 0, NONE, 0, REGISTER, 0, 0, 0, OK, NONE, NOBODY, {0, 0}, QUIET, 0},
    {"register, element scope", 0, 0, 0, 0, REGISTER, 0x21, 0, 7, OK, 0, NOBODY, {7, 0}, QUIET, 1},
    {"change", 1, 1, WE, 0, REGISTER, 0, KEY_1, 7, OK, WE, 0, {7, KEY_2}, QUIET, 1},
    {"change, wrong key", 1, 1, WE, 0, REGISTER, 0, 9, 7, NO, WE, 0, BOTH, QUIET, 0},
    {"unregister a WE holder",
     1,
     1,
     WE,
     0,
     REGISTER,
     0,
     KEY_1,
     0,
     OK,
     NONE,
     NOBODY,
     {0, KEY_2},
     QUIET,
     1},
    {"unregister a WE RO holder",
     1,
     1,
     WE_RO,
     0,
     REGISTER,
     0,
     KEY_1,
     0,
     OK,
     NONE,
     NOBODY,
     {0, KEY_2},
     {0, RELEASED},
     1},
    {"unregister one of all",
     1,
     1,
     WE_ALL,
     0,
     REGISTER,
     0,
     KEY_1,
     0,
     OK,
     WE_ALL,
     0,
     {0, KEY_2},
     QUIET,
     1},
    {"unregister another",
     1,
     1,
     WE_RO,
     1,
     REGISTER,
     0,
     KEY_2,
     0,
     OK,
     WE_RO,
     0,
     {KEY_1, 0},
     QUIET,
     1},
    {"ignore", 1, 1, WE, 1, REGISTER_IGNORE, 0, 9, 7, OK, WE, 0, {KEY_1, 7}, QUIET, 1},
    {"ignore nothing", 1, 0, WE, 1, REGISTER_IGNORE, 0, 9, 0, OK, WE, 0, {KEY_1, 0}, QUIET, 0},
    {"reserve", 1, 1, NONE, 1, RESERVE, EA, KEY_2, 0, OK, EA, 1, BOTH, QUIET, 0},
    {"reserve again", 1, 1, WE, 0, RESERVE, WE, KEY_1, 0, OK, WE, 0, BOTH, QUIET, 0},
    {"reserve, other type", 1, 1, WE, 0, RESERVE, EA, KEY_1, 0, NO, WE, 0, BOTH, QUIET, 0},
    {"reserve another's", 1, 1, WE, 1, RESERVE, WE, KEY_2, 0, NO, WE, 0, BOTH, QUIET, 0},
    {"reserve, one of all", 1, 1, WE_ALL, 1, RESERVE, WE_ALL, KEY_2, 0, OK, WE_ALL, 0, BOTH, QUIET,
     0},
    {"reserve, wrong key", 1, 1, NONE, 0, RESERVE, WE, 9, 0, NO, NONE, NOBODY, BOTH, QUIET, 0},
    {"reserve, stranger", 0, 1, NONE, 0, RESERVE, WE, 0, 0, NO, NONE, NOBODY, {0, KEY_2}, QUIET, 0},
    {"reserve, scope", 1, 1, 0, 0, RESERVE, 0x21, KEY_1, 0, BAD_CDB, 0, NOBODY, BOTH, QUIET, 0},
    {"reserve, type 2", 1, 1, 0, 0, RESERVE, 2, KEY_1, 0, BAD_CDB, 0, NOBODY, BOTH, QUIET, 0},
    {"release", 1, 1, WE, 0, RELEASE, WE, KEY_1, 0, OK, NONE, NOBODY, BOTH, QUIET, 0},
    {"release RO",
     1,
     1,
     EA_RO,
     0,
     RELEASE,
     EA_RO,
     KEY_1,
     0,
     OK,
     NONE,
     NOBODY,
     BOTH,
     {0, RELEASED},
     0},
    {"release, type", 1, 1, WE, 0, RELEASE, EA, KEY_1, 0, BAD_RELEASE, WE, 0, BOTH, QUIET, 0},
    {"release, scope", 1, 1, WE, 0, RELEASE, 0x21, KEY_1, 0, BAD_RELEASE, WE, 0, BOTH, QUIET, 0},
    {"release another's", 1, 1, WE, 1, RELEASE, WE, KEY_2, 0, OK, WE, 0, BOTH, QUIET, 0},
    {"release nothing", 1, 1, NONE, 1, RELEASE, WE, KEY_2, 0, OK, NONE, NOBODY, BOTH, QUIET, 0},
    {"release, wrong key", 1, 1, WE, 0, RELEASE, WE, 9, 0, NO, WE, 0, BOTH, QUIET, 0},
    {"release, stranger", 1, 0, WE, 1, RELEASE, WE, 0, 0, NO, WE, 0, {KEY_1, 0}, QUIET, 0},
    {"clear", 1, 1, WE, 1, CLEAR, 0, KEY_2, 0, OK, NONE, NOBODY, {0, 0}, {PREEMPTED, 0}, 1},
    {"clear RO", 1, 1, WE_RO, 1, CLEAR, 0, KEY_2, 0, OK, 0, NOBODY, {0, 0}, {PREEMPTED, 0}, 1},
    {"clear, stranger", 1, 0, WE, 1, CLEAR, 0, 0, 0, NO, WE, 0, {KEY_1, 0}, QUIET, 0},
    {"preempt",
     1,
     1,
     WE,
     1,
     PREEMPT,
     EA,
     KEY_2,
     KEY_1,
     OK,
     EA,
     1,
     {0, KEY_2},
     {UNREGISTERED, 0},
     1},
    {"preempt, abort",
     1,
     1,
     WE,
     1,
     PREEMPT_AND_ABORT,
     EA,
     KEY_2,
     KEY_1,
     OK,
     EA,
     1,
     {0, KEY_2},
     {UNREGISTERED, 0},
     1},
    {"preempt, no holder",
     1,
     1,
     WE,
     0,
     PREEMPT,
     2,
     KEY_1,
     KEY_2,
     OK,
     WE,
     0,
     {KEY_1, 0},
     {0, UNREGISTERED},
     1},
    {"preempt oneself",
     1,
     1,
     WE_RO,
     0,
     PREEMPT,
     EA,
     KEY_1,
     KEY_1,
     OK,
     EA,
     0,
     BOTH,
     {0, RELEASED},
     1},
    {"preempt without reservation",
     1,
     1,
     0,
     0,
     PREEMPT,
     0,
     KEY_1,
     KEY_2,
     OK,
     0,
     NOBODY,
     {KEY_1, 0},
     {0, UNREGISTERED},
     1},
    {"preempt oneself away",
     1,
     1,
     WE,
     1,
     PREEMPT,
     0,
     KEY_2,
     KEY_2,
     OK,
     WE,
     0,
     {KEY_1, 0},
     QUIET,
     1},
    {"preempt unknown", 1, 1, WE, 1, PREEMPT, WE, KEY_2, 9, NO, WE, 0, BOTH, QUIET, 0},
    {"preempt zero", 1, 1, WE, 1, PREEMPT, WE, KEY_2, 0, BAD_LIST, WE, 0, BOTH, QUIET, 0},
    {"preempt zero of all",
     1,
     1,
     WE_ALL,
     1,
     PREEMPT,
     WE,
     KEY_2,
     0,
     OK,
     WE,
     1,
     {0, KEY_2},
     {UNREGISTERED, 0},
     1},
    {"preempt a key of all",
     1,
     1,
     WE_ALL,
     1,
     PREEMPT,
     WE,
     KEY_2,
     KEY_1,
     OK,
     WE_ALL,
     0,
     {0, KEY_2},
     {UNREGISTERED, 0},
     1},
    {"preempt, type 2", 1, 1, WE, 1, PREEMPT, 2, KEY_2, KEY_1, BAD_CDB, WE, 0, BOTH, QUIET, 0},
    {"preempt, scope", 1, 1, WE, 1, PREEMPT, 0x21, KEY_2, KEY_1, BAD_CDB, WE, 0, BOTH, QUIET, 0},
    {"preempt, stranger", 1, 0, WE, 1, PREEMPT, WE, 0, KEY_1, NO, WE, 0, {KEY_1, 0}, QUIET, 0},
    {"move", 1, 1, WE, 0, (enum action)7, WE, KEY_1, KEY_2, BAD_CDB, WE, 0, BOTH, QUIET, 0},
    {"action 31", 1, 1, WE, 0, (enum action)31, WE, KEY_1, 0, BAD_CDB, WE, 0, BOTH, QUIET, 0},
};

static void check_row(const struct row *row)
{
    struct asked asked;
    uint32_t generation;

    ask_new(&asked, row->first, row->second);
    if (row->held)
        EXPECT(ask_pr_out(&asked, NODE_1, RESERVE, row->held, KEY_1, 0), OK, "%s: before",
               row->name);
    generation = asked.unit.generation;
    EXPECT(ask_pr_out(&asked, row->node, row->action, row->scope_type, row->key, row->action_key),
           row->answer, "%s", row->name);
    EXPECT(asked.transferred, row->answer == OK ? 24 : 0, "%s", row->name);
    EXPECT(asked.unit.generation - generation, row->counts, "%s", row->name);
    EXPECT(asked.unit.type, row->type, "%s", row->name);
    EXPECT(asked.unit.holder, row->holder, "%s", row->name);
    for (unsigned int i = 0; i < UNIT_NEXUSES; i++) {
        EXPECT(asked.unit.nexus[i].key[7], row->keys[i], "%s: key of node %u", row->name, i + 1);
        EXPECT(asked.unit.nexus[i].is_registered, row->keys[i] != 0, "%s", row->name);
        EXPECT(ask_attention(&asked, i), row->attentions[i], "%s: node %u hears", row->name, i + 1);
        EXPECT(ask_attention(&asked, i), 0, "%s: node %u hears no more", row->name, i + 1);
    }
}

static void every_action_does_what_the_standard_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i]);
}

static void a_parameter_list_has_24_bytes(void **state)
{
    static const uint32_t lengths[] = {0, 8, 23, 25, 0x01000018};
    struct asked asked;

    (void)state;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        uint8_t cdb[10] = {OP_PERSISTENT_RESERVE_OUT};

        ask_new(&asked, false, false);
        unit_put(&cdb[5], 4, lengths[i]);
        EXPECT(ask_cdb(&asked, NODE_1, cdb, sizeof(cdb), 64, true), CHECK | 0x051a00, "%u",
               lengths[i]);
        unit_put(&cdb[5], 4, 24);
        EXPECT(ask_cdb(&asked, NODE_1, cdb, sizeof(cdb), 23, true), CHECK | 0x051a00, "less comes");
        EXPECT(ask_cdb(&asked, NODE_1, cdb, sizeof(cdb), 24, false), CHECK | 0x051a00, "inwards");
    }
}

static void flags_beyond_aptpl_are_refused(void **state)
{
    const uint8_t cdb[10] = {OP_PERSISTENT_RESERVE_OUT, [8] = 24};
    struct asked asked;

    (void)state;
    for (unsigned int flags = 0; flags < 256; flags++) {
        ask_new(&asked, false, false);
        asked.data[15] = KEY_1;
        asked.data[20] = (uint8_t)flags;
        EXPECT(ask_cdb(&asked, NODE_1, cdb, sizeof(cdb), 24, true), flags < 2 ? OK : BAD_LIST,
               "flags %02x", flags);
        EXPECT(asked.unit.persists, flags == 1, "flags %02x", flags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_does_what_the_standard_says),
        cmocka_unit_test(a_parameter_list_has_24_bytes),
        cmocka_unit_test(flags_beyond_aptpl_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
