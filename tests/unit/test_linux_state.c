/* What a disk says of its reservations, and that asking sends nothing that changes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/linux/reservation_state.h"
#include "../../dll/scsi/sense.h"

#include <string.h>

enum { ANSWERS_MAX = 12 };

struct scripted {
    struct scripted_answer {
        int error;
        uint8_t status, host_status, key, asc;
        uint8_t data[40];
        uint32_t length;
    } answers[ANSWERS_MAX];
    size_t asked;
};

static int execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct scripted *scripted = disk;
    const struct scripted_answer *answer = &scripted->answers[scripted->asked++];

    assert_true(scripted->asked <= ANSWERS_MAX);
    assert_int_equal(command->cdb[0], SCSI_PERSISTENT_RESERVE_IN);
    assert_int_equal(command->direction, SCSI_DATA_IN);
    assert_int_equal(command->timeout_ms, 2000);
    result->status = answer->status;
    result->host_status = answer->host_status;
    if (answer->status == SCSI_STATUS_CHECK_CONDITION) {
        memset(result->sense, 0, 18);
        result->sense[0] = 0x70;
        result->sense[2] = answer->key;
        result->sense[7] = 10;
        result->sense[12] = answer->asc;
        result->sense_length = 18;
    }
    result->transferred =
        answer->length < command->transfer_length ? answer->length : command->transfer_length;
    memcpy(command->data, answer->data, result->transferred);
    return answer->error;
}

static const struct scsi_transport transport = {.execute = execute};

static struct reservation_state ask(struct scripted *scripted)
{
    return state_ask(&transport, scripted, 2000);
}

#define UNIT_ATTENTION                                       \
    {                                                        \
        .status = 2, .key = SCSI_UNIT_ATTENTION, .asc = 0x2a \
    }
#define ONE_KEY                                                                   \
    {                                                                             \
        .data = {0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0xa1}, .length = 16 \
    }
#define HOLDER                                                                                \
    {                                                                                         \
        .data = {0, 0, 0, 5, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0xa1, 0, 0, 0, 0, 0, 5, 0, 0}, \
        .length = 24                                                                          \
    }
#define CAPABILITIES                                        \
    {                                                       \
        .data = {0, 8, 1, 0x80, 0xea, 1, 0, 0}, .length = 8 \
    }

static void answered(void **state)
{
    struct scripted disk = {
        .answers = {UNIT_ATTENTION, UNIT_ATTENTION, ONE_KEY, HOLDER, CAPABILITIES}};
    const struct reservation_state found = ask(&disk);

    (void)state;
    assert_int_equal(found.answer, STATE_ANSWERED);
    assert_int_equal(disk.asked, 5);
    assert_int_equal(found.generation, 5);
    assert_int_equal(found.key_count, 1);
    assert_int_equal(found.keys[0], 0xa1);
    assert_true(found.is_reserved);
    assert_int_equal(found.holder, 0xa1);
    assert_int_equal(found.type, 5);
    assert_true(found.has_capabilities && found.keeps_through_power_loss);
    assert_int_equal(found.types, 0x1ea);
}

static void capabilities_unknown(void **state)
{
    struct scripted disk = {
        .answers = {ONE_KEY, HOLDER, {.status = 2, .key = SCSI_ILLEGAL_REQUEST, .asc = 0x24}}};
    const struct reservation_state found = ask(&disk);

    (void)state;
    assert_int_equal(found.answer, STATE_ANSWERED);
    assert_false(found.has_capabilities);
}

static void failures(void **state)
{
    static const struct {
        struct scripted_answer answer;
        enum state_answer expected;
        size_t asked;
    } rows[] = {
        {{.error = SCSI_NOT_PERMITTED}, STATE_DENIED, 1},
        {{.error = SCSI_DEVICE_GONE}, STATE_GONE, 1},
        {{.error = SCSI_NO_MEMORY}, STATE_FAILED, 1},
        {{.host_status = 3}, STATE_NO_ANSWER, 1},
        {{.host_status = 7}, STATE_FAILED, 1},
        {{.status = 0x18}, STATE_CONFLICT, 1},
        {{.status = 0x08}, STATE_NOT_READY, 5},
        {{.status = 2, .key = SCSI_NOT_READY, .asc = 4}, STATE_NOT_READY, 1},
        {{.status = 2, .key = SCSI_ILLEGAL_REQUEST, .asc = 0x20}, STATE_UNSUPPORTED, 1},
        {{.status = 2, .key = SCSI_ILLEGAL_REQUEST, .asc = 0x25}, STATE_FAILED, 1},
        {UNIT_ATTENTION, STATE_FAILED, 5},
        {{.length = 4}, STATE_FAILED, 1}, /* no whole header */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct scripted disk = {{{0}}, 0};
        for (size_t n = 0; n < ANSWERS_MAX; n++)
            disk.answers[n] = rows[i].answer;
        const struct reservation_state found = ask(&disk);
        if (found.answer != rows[i].expected || disk.asked != rows[i].asked)
            fail_msg("row %zu: answer %d after %zu", i, found.answer, disk.asked);
        assert_non_null(state_answer_words(found.answer));
        assert_non_null(state_answer_name(found.answer));
    }
}

/* A list that claims more than it has. */
static void hostile_lengths(void **state)
{
    struct scripted disk = {{{0}}, 0};

    (void)state;
    for (size_t n = 0; n < ANSWERS_MAX; n++)
        disk.answers[n] = (struct scripted_answer){
            .data = {0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 7}, .length = 20};
    const struct reservation_state found = ask(&disk);
    assert_int_equal(found.answer, STATE_ANSWERED);
    assert_int_equal(found.key_count, 1);
    assert_int_equal(found.key_total, 0xffffffff / 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answered),
        cmocka_unit_test(capabilities_unknown),
        cmocka_unit_test(failures),
        cmocka_unit_test(hostile_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
