/* holdfast explain: every row of the tables by which Holdfast decides can be explained. */
#include "../../dll/linux/explain_codes.h"

#include "../../dll/command/errors.h"
#include "expect.h"

#include <stdio.h>
#include <string.h>

static bool is_complete(const struct reading *reading)
{
    return reading->name && strcmp(reading->name, "?") != 0 && reading->meaning &&
           *reading->meaning && reading->advice && *reading->advice;
}

/* A value that no other row of the key has, for "any". */
static uint8_t pick(int16_t value)
{
    return value < 0 ? 0xee : (uint8_t)value;
}

static void every_row_of_the_sense_table_is_explained(void **state)
{
    const struct reservation_sense_rule *rule;
    size_t count = 0;

    (void)state;
    for (; (rule = reservation_sense_rule(count)); count++) {
        struct reading readings[READINGS_MAX];
        char code[16];

        snprintf(code, sizeof(code), "%x/%02x/%02x", rule->key < 0 ? 0xfu : (unsigned)rule->key,
                 pick(rule->asc), pick(rule->ascq));
        EXPECT(explain_code(code, readings), 1, "%s", code);
        EXPECT(is_complete(&readings[0]), true, "%s", code);
        EXPECT(readings[0].verdict.status, rule->verdict.status, "%s", code);
        EXPECT(readings[0].verdict.retry, rule->verdict.retry, "%s", code);
        EXPECT(readings[0].verdict.delay_ms, rule->verdict.delay_ms, "%s", code);
        if (rule->asc >= 0 && rule->ascq >= 0)
            EXPECT(strstr(readings[0].meaning, "no name") == NULL, true, "%s", code);
    }
    assert_in_range(count, 40, 100);
    assert_null(reservation_sense_rule(SIZE_MAX));
}

static void every_status_error_and_host_code_is_explained(void **state)
{
    struct reading readings[READINGS_MAX];
    const struct error_description *error;
    int32_t status;

    (void)state;
    for (size_t i = 0; nt_status_at(i, &status); i++) {
        const size_t count = explain_code(nt_status_name(status), readings);

        assert_in_range(count, 1, READINGS_MAX);
        EXPECT(readings[0].value, (uint32_t)status, "%s", nt_status_name(status));
        EXPECT(is_complete(&readings[0]), true, "%s", nt_status_name(status));
        /* Copy protection's have an HRESULT, which no disk of ours leads to. */
        if (readings[0].error && readings[0].error < 0x80000000)
            EXPECT(error_describe(readings[0].error)->name != NULL, true, "%s",
                   nt_status_name(status));
    }
    for (size_t i = 0; (error = error_at(i)); i++) {
        assert_in_range(explain_code(error->name, readings), 1, READINGS_MAX);
        EXPECT(is_complete(&readings[0]), true, "%s", error->name);
    }
    for (unsigned code = 0; code <= 0x14; code++) {
        const struct reading reading = explain_host((uint8_t)code);

        EXPECT(is_complete(&reading), true, "host code %u", code);
        EXPECT(strstr(reading.meaning, "does not know") == NULL, true, "host code %u", code);
    }
}

static void what_can_mean_several_things_lists_all(void **state)
{
    static const struct {
        const char *code;
        size_t count;
        enum reading_kind kinds[4];
    } rows[] = {
        {"170", 1, {READING_ERROR}},
        {"0x80000011", 1, {READING_STATUS}},
        {"80000011", 0, {0}},
        {"c00000bb", 1, {READING_STATUS}},
        {"-1073741637", 1, {READING_STATUS}},
        {"0x800700aa", 1, {READING_ERROR}},
        {"24", 3, {READING_ERROR, READING_SCSI_STATUS, READING_EXIT}},
        {"busy", 2, {READING_ERROR, READING_SCSI_STATUS}},
        {"device_busy", 1, {READING_STATUS}},
        {"Reservation-Conflict", 1, {READING_SCSI_STATUS}},
        {"host=1", 1, {READING_HOST}},
        {"host=DID_NO_CONNECT", 1, {READING_HOST}},
        {"status=STATUS_IO_TIMEOUT", 1, {READING_STATUS}},
        {"sense=6/2a/03", 1, {READING_SENSE}},
        {"6/2A/3", 1, {READING_SENSE}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading readings[READINGS_MAX];

        EXPECT(explain_code(rows[i].code, readings), rows[i].count, "%s", rows[i].code);
        for (size_t j = 0; j < rows[i].count; j++)
            EXPECT(readings[j].kind, rows[i].kinds[j], "%s", rows[i].code);
    }
}

static void what_is_unknown_is_helped_with(void **state)
{
    static const struct {
        const char *code, *help;
    } rows[] = {
        {"STATUS_DEVICE_BSUY", "STATUS_DEVICE_BUSY"},
        {"eror_busy", "ERROR_BUSY"},
        {"DID_NO_CONECT", "DID_NO_CONNECT"},
        {"", "give a number"},
        {"6/", "6/2a/03"},
        {"6/2a/03/", "6/2a/03"},
        {"/////", "6/2a/03"},
        {"10/00/00", "6/2a/03"},
        {"6/100/00", "6/2a/03"},
        {"15999", "net helpmsg"},
        {"0xdeadbeef", "NTSTATUS"},
        {"99999999999999999999999999", "give a number"},
        {"0x", "give a number"},
        {"host=", "give a number"},
        {"an extremely long name that goes on and on and on and on and on and on and on and on",
         "give a number"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading readings[READINGS_MAX];
        struct text help = {0};

        EXPECT(explain_code(rows[i].code, readings), 0, "'%s'", rows[i].code);
        explain_nearest(rows[i].code, &help);
        EXPECT(help.bytes && strstr(help.bytes, rows[i].help), true, "'%s': %s", rows[i].code,
               help.bytes);
        text_free(&help);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_sense_table_is_explained),
        cmocka_unit_test(every_status_error_and_host_code_is_explained),
        cmocka_unit_test(what_can_mean_several_things_lists_all),
        cmocka_unit_test(what_is_unknown_is_helped_with),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
