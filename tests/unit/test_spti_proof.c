/* dll/shim/spti_proof.c: what shows that a PERSISTENT RESERVE OUT was done. */
#include "../../dll/shim/spti_proof.h"

#include "expect.h"

#include <string.h>

enum { KEYS, RESERVATION, NONE = SPTI_NO_PROOF };
enum { REGISTER, RESERVE, RELEASE, CLEAR, PREEMPT, PREEMPT_ABORT, IGNORE };

static struct scsi_command pr_out(uint8_t action, uint8_t own, uint8_t other, uint8_t list[24])
{
    struct scsi_command command;

    scsi_build_pr_out(&command, action, action == RESERVE ? 0x05 : 0);
    memset(list, 0, 24);
    list[7] = own;
    list[15] = other;
    command.data = list;
    return command;
}

static void each_action_has_its_proof(void **state)
{
    static const struct {
        uint8_t action, own, other;
        int expected;
    } rows[] = {
        {REGISTER, 0, 0xa1, KEYS},   {REGISTER, 0xa1, 0, NONE}, {RESERVE, 0xa1, 0, RESERVATION},
        {RELEASE, 0xa1, 0, NONE},    {CLEAR, 0xa1, 0, KEYS},    {PREEMPT, 0xa1, 0xb2, KEYS},
        {PREEMPT, 0xa1, 0xa1, NONE}, {PREEMPT, 0xa1, 0, NONE},  {PREEMPT_ABORT, 0xa1, 0xb2, KEYS},
        {IGNORE, 0, 0xa1, KEYS},     {IGNORE, 0, 0, NONE},      {7, 0xa1, 0xb2, NONE},
        {31, 0xa1, 0xb2, NONE},
    };
    uint8_t list[24];
    struct scsi_command command;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        command = pr_out(rows[i].action, rows[i].own, rows[i].other, list);
        EXPECT(spti_proof_wanted(&command), rows[i].expected, "row %zu", i);
    }
    scsi_build_plain(&command, SCSI_RESERVE_6);
    EXPECT(spti_proof_wanted(&command), NONE, "RESERVE");
    scsi_build_pr_in(&command, 0, 64);
    EXPECT(spti_proof_wanted(&command), NONE, "PERSISTENT RESERVE IN");
}

/* Two keys, generation 3. */
static void put_keys(uint8_t list[64], uint8_t first, uint8_t second)
{
    memset(list, 0, 64);
    list[3] = 3;
    list[7] = (uint8_t)(8 * ((first != 0) + (second != 0)));
    list[15] = first;
    list[23] = second;
}

static void keys_prove(void **state)
{
    static const struct {
        const char *name;
        uint8_t action, own, other, first, second;
        uint32_t length;
        bool expected;
    } rows[] = {
        {"registered", REGISTER, 0, 0xa1, 0xa1, 0, 16, true},
        {"registered, second of two", REGISTER, 0, 0xa1, 0xb2, 0xa1, 24, true},
        {"not registered", REGISTER, 0, 0xa1, 0xb2, 0, 16, false},
        {"nobody registered", REGISTER, 0, 0xa1, 0, 0, 8, false},
        {"not read to its end", REGISTER, 0, 0xa1, 0xb2, 0xa1, 16, false},
        {"ignored and registered", IGNORE, 0, 0xa1, 0xa1, 0, 16, true},
        {"preempted", PREEMPT, 0xa1, 0xb2, 0xa1, 0, 16, true},
        {"not preempted", PREEMPT, 0xa1, 0xb2, 0xa1, 0xb2, 24, false},
        {"not preempted and aborted", PREEMPT_ABORT, 0xa1, 0xb2, 0xb2, 0xa1, 24, false},
        {"cleared", CLEAR, 0xa1, 0, 0, 0, 8, true},
        {"not cleared", CLEAR, 0xa1, 0, 0xa1, 0, 16, false},
        {"no header", CLEAR, 0xa1, 0, 0, 0, 7, false},
        {"nothing", PREEMPT, 0xa1, 0xb2, 0, 0, 0, false},
    };
    uint8_t list[24], seen[64];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scsi_command command =
            pr_out(rows[i].action, rows[i].own, rows[i].other, list);

        put_keys(seen, rows[i].first, rows[i].second);
        EXPECT(spti_proof_holds(&command, seen, rows[i].length), rows[i].expected, "%s",
               rows[i].name);
    }
}

/* What a PERSISTENT RESERVE IN leaves that was lost itself. */
static void zeros_prove_nothing(void **state)
{
    static const uint8_t actions[] = {REGISTER, RESERVE, CLEAR, PREEMPT, PREEMPT_ABORT, IGNORE};
    static const uint8_t zeros[64];
    uint8_t list[24];

    (void)state;
    for (size_t i = 0; i < COUNT(actions); i++) {
        const struct scsi_command command = pr_out(actions[i], 0xa1, 0xb2, list);

        EXPECT(spti_proof_holds(&command, zeros, sizeof(zeros)), false, "action %u", actions[i]);
    }
}

static void the_reservation_proves(void **state)
{
    static const struct {
        const char *name;
        uint8_t additional, key, scope_and_type;
        uint32_t length;
        bool expected;
    } rows[] = {
        {"ours", 16, 0xa1, 0x05, 24, true},
        {"another's", 16, 0xb2, 0x05, 24, false},
        {"of another type", 16, 0xa1, 0x06, 24, false},
        {"nobody's", 0, 0xa1, 0x05, 24, false},
        {"cut off", 16, 0xa1, 0x05, 23, false},
    };
    uint8_t list[24], seen[24];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scsi_command command = pr_out(RESERVE, 0xa1, 0, list);

        memset(seen, 0, sizeof(seen));
        seen[7] = rows[i].additional;
        seen[15] = rows[i].key;
        seen[21] = rows[i].scope_and_type;
        EXPECT(spti_proof_holds(&command, seen, rows[i].length), rows[i].expected, "%s",
               rows[i].name);
    }
}

/* A disk that claims more than came. */
static void a_length_beyond_the_list_is_not_believed(void **state)
{
    uint8_t list[24], seen[16] = {[3] = 1, [4] = 0xff, [5] = 0xff, [6] = 0xff, [7] = 0xff};
    const struct scsi_command command = pr_out(PREEMPT, 0xa1, 0xb2, list);

    (void)state;
    assert_true(spti_proof_holds(&command, seen, sizeof(seen)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_has_its_proof),
        cmocka_unit_test(keys_prove),
        cmocka_unit_test(zeros_prove_nothing),
        cmocka_unit_test(the_reservation_proves),
        cmocka_unit_test(a_length_beyond_the_list_is_not_believed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
