/* dll/reservation/judge.h: sense data. windows-behaviour 4.3 and semantics 3, row by row; the table
 * here is written from those pages. */
#include "expect.h"
#include "verdict.h"

enum { ANY = -1, CHECK_CONDITION = 0x02 };

static void set_descriptor(struct scsi_result *result, uint8_t key, uint8_t asc, uint8_t ascq)
{
    result->sense_length = 8;
    result->sense[0] = 0x72;
    result->sense[1] = key;
    result->sense[2] = asc;
    result->sense[3] = ascq;
}

/* Within a key the first row that fits is the page's; ANY stands for "any" and "other". */
static const struct sense_row {
    const char *name;
    int key, asc, ascq;
    int32_t status;
    int delay;
} sense_rows[] = {
    {"NO SENSE", 0, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
    {"RECOVERED ERROR", 1, ANY, ANY, NT_STATUS_SUCCESS, NO_RETRY},
    {"cause not reportable", 2, 0x04, 0x00, NT_STATUS_DEVICE_NOT_READY, NO_RETRY},
    {"becoming ready", 2, 0x04, 0x01, NT_STATUS_DEVICE_NOT_READY, 10000},
    {"initializing command", 2, 0x04, 0x02, NT_STATUS_DEVICE_NOT_READY, 500},
    {"manual intervention", 2, 0x04, 0x03, NT_STATUS_NO_MEDIA_IN_DEVICE, NO_RETRY},
    {"format in progress", 2, 0x04, 0x04, NT_STATUS_DEVICE_NOT_READY, NO_RETRY},
    {"rebuild in progress", 2, 0x04, 0x05, NT_STATUS_DEVICE_NOT_READY, 500},
    {"operation in progress", 2, 0x04, 0x07, NT_STATUS_DEVICE_NOT_READY, 10000},
    {"long write in progress", 2, 0x04, 0x08, NT_STATUS_DEVICE_NOT_READY, NO_RETRY},
    {"ALUA transition", 2, 0x04, 0x0a, NT_STATUS_DEVICE_NOT_READY, 500},
    {"ALUA standby", 2, 0x04, 0x0b, NT_STATUS_DEVICE_NOT_READY, 500},
    {"ALUA unavailable", 2, 0x04, 0x0c, NT_STATUS_DEVICE_NOT_READY, 500},
    {"space allocation", 2, 0x04, 0x14, NT_STATUS_RETRY, 10000},
    {"medium not present", 2, 0x3a, ANY, NT_STATUS_NO_MEDIA_IN_DEVICE, NO_RETRY},
    {"NOT READY, other", 2, ANY, ANY, NT_STATUS_DEVICE_NOT_READY, 500},
    {"unknown format", 3, 0x30, 0x01, NT_STATUS_UNRECOGNIZED_MEDIA, NO_RETRY},
    {"cleaning cartridge", 3, 0x30, 0x03, NT_STATUS_CLEANER_CARTRIDGE_INSTALLED, NO_RETRY},
    {"MEDIUM ERROR", 3, ANY, ANY, NT_STATUS_DEVICE_DATA_ERROR, NO_RETRY},
    {"communication CRC", 4, 0x08, 0x03, NT_STATUS_DEVICE_HARDWARE_ERROR, 1000},
    {"HARDWARE ERROR", 4, ANY, ANY, NT_STATUS_DEVICE_HARDWARE_ERROR, NO_RETRY},
    {"unreachable copy target", 5, 0x08, 0x04, NT_STATUS_DEVICE_UNREACHABLE, NO_RETRY},
    {"copy target overrun", 5, 0x0d, 0x04, NT_STATUS_DATA_OVERRUN, NO_RETRY},
    {"parameter list length", 5, 0x1a, ANY, NT_STATUS_DATA_OVERRUN, NO_RETRY},
    {"invalid opcode", 5, 0x20, ANY, NT_STATUS_INVALID_DEVICE_REQUEST, FALL_BACK},
    {"block out of range", 5, 0x21, ANY, NT_STATUS_NONEXISTENT_SECTOR, NO_RETRY},
    {"invalid token", 5, 0x23, ANY, NT_STATUS_INVALID_TOKEN, NO_RETRY},
    {"invalid field in CDB", 5, 0x24, ANY, NT_STATUS_INVALID_DEVICE_REQUEST, FALL_BACK_AFTER_3S},
    {"no such logical unit", 5, 0x25, ANY, NT_STATUS_NO_SUCH_DEVICE, NO_RETRY},
    {"invalid release", 5, 0x26, 0x04, NT_STATUS_INVALID_OFFSET_ALIGNMENT, NO_RETRY},
    {"too many segments", 5, 0x26, 0x08, NT_STATUS_TOO_MANY_SEGMENT_DESCRIPTORS, NO_RETRY},
    {"invalid parameter", 5, 0x26, ANY, NT_STATUS_INVALID_DEVICE_REQUEST, FALL_BACK},
    {"command sequence", 5, 0x2c, ANY, NT_STATUS_INVALID_DEVICE_REQUEST, FALL_BACK},
    {"no registration resources", 5, 0x55, 0x04, NT_STATUS_INVALID_DEVICE_REQUEST, FALL_BACK},
    {"authentication", 5, 0x6f, 0x00, NT_STATUS_CSS_AUTHENTICATION_FAILURE, NO_RETRY},
    {"key not present", 5, 0x6f, 0x01, NT_STATUS_CSS_KEY_NOT_PRESENT, NO_RETRY},
    {"key not established", 5, 0x6f, 0x02, NT_STATUS_CSS_KEY_NOT_ESTABLISHED, NO_RETRY},
    {"scrambled sector", 5, 0x6f, 0x03, NT_STATUS_CSS_SCRAMBLED_SECTOR, NO_RETRY},
    {"region mismatch", 5, 0x6f, 0x04, NT_STATUS_CSS_REGION_MISMATCH, NO_RETRY},
    {"resets exhausted", 5, 0x6f, 0x05, NT_STATUS_CSS_RESETS_EXHAUSTED, NO_RETRY},
    {"copy protection", 5, 0x6f, ANY, NT_STATUS_COPY_PROTECTION_FAILURE, NO_RETRY},
    {"ILLEGAL REQUEST", 5, ANY, ANY, NT_STATUS_INVALID_DEVICE_REQUEST, FALL_BACK},
    {"capacity changed", 6, 0x2a, 0x09, NT_STATUS_IO_DEVICE_ERROR, 1000},
    {"thin provisioning", 6, 0x38, 0x07, NT_STATUS_IO_DEVICE_ERROR, 0},
    {"other event", 6, 0x38, ANY, NT_STATUS_IO_DEVICE_ERROR, NO_RETRY},
    {"microcode changed", 6, 0x3f, 0x01, NT_STATUS_IO_DEVICE_ERROR, 1000},
    {"target changed", 6, 0x3f, ANY, NT_STATUS_IO_DEVICE_ERROR, 5000},
    {"UNIT ATTENTION", 6, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 0},
    {"space allocation failed", 7, 0x27, 0x07, NT_STATUS_DISK_RESOURCES_EXHAUSTED, NO_RETRY},
    {"write protected", 7, 0x27, ANY, NT_STATUS_IO_DEVICE_ERROR, NO_RETRY},
    {"DATA PROTECT", 7, ANY, ANY, NT_STATUS_ACCESS_DENIED, NO_RETRY},
    {"BLANK CHECK", 8, ANY, ANY, NT_STATUS_NO_DATA_DETECTED, NO_RETRY},
    {"VENDOR SPECIFIC", 9, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
    {"copy target overrun", 0xa, 0x0d, 0x04, NT_STATUS_SUCCESS, NO_RETRY},
    {"COPY ABORTED", 0xa, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
    {"ABORTED COMMAND", 0xb, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 1000},
    {"EQUAL", 0xc, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
    {"VOLUME OVERFLOW", 0xd, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
    {"MISCOMPARE", 0xe, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
    {"COMPLETED", 0xf, ANY, ANY, NT_STATUS_IO_DEVICE_ERROR, 500},
};

static bool matches(int wanted, int value)
{
    return wanted == ANY || wanted == value;
}

static const struct sense_row *row_for(int key, int asc, int ascq)
{
    for (size_t i = 0; i < COUNT(sense_rows); i++)
        if (matches(sense_rows[i].key, key) && matches(sense_rows[i].asc, asc) &&
            matches(sense_rows[i].ascq, ascq))
            return &sense_rows[i];
    fail_msg("the test's table has no row for key %x", key);
    return NULL;
}

/* Every key with every additional code: a row too many in the heart shows as well as a missing
 * one. windows-behaviour 4.3. */
static void every_sense_code_is_judged_as_its_row_says(void **state)
{
    (void)state;
    for (int key = 0; key < 16; key++) {
        for (int asc = 0; asc < 256; asc++) {
            for (int ascq = 0; ascq < 256; ascq++) {
                struct scsi_result result = {.status = CHECK_CONDITION};
                const struct sense_row *row = row_for(key, asc, ascq);
                struct reservation_verdict verdict;

                set_fixed(&result, (uint8_t)key, (uint8_t)asc, (uint8_t)ascq);
                verdict = reservation_judge(&result);
                if (verdict.status != row->status || verdict.retry != (row->delay >= 0))
                    print_error("key %x %02x/%02x:\n", key, asc, ascq);
                expect_verdict(verdict, row->status, row->delay, row->name);
            }
        }
    }
}

static void both_formats_and_deferred_sense_are_judged_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(sense_rows); i++) {
        const struct sense_row *row = &sense_rows[i];
        uint8_t asc = row->asc == ANY ? 0x99 : (uint8_t)row->asc;
        uint8_t ascq = row->ascq == ANY ? 0x99 : (uint8_t)row->ascq;

        for (uint8_t deferred = 0; deferred <= 1; deferred++) {
            struct scsi_result in_fixed = {.status = CHECK_CONDITION}, in_descriptor = in_fixed;

            set_fixed(&in_fixed, (uint8_t)row->key, asc, ascq);
            set_descriptor(&in_descriptor, (uint8_t)row->key, asc, ascq);
            in_fixed.sense[0] |= deferred;
            in_descriptor.sense[0] |= deferred;
            expect_verdict(reservation_judge(&in_fixed), row->status, row->delay, row->name);
            expect_verdict(reservation_judge(&in_descriptor), row->status, row->delay, row->name);
        }
    }
}

/* windows-behaviour 4.3: ILI counts for NO SENSE and RECOVERED ERROR and for no other key. */
static void an_incorrect_length_counts_for_the_two_mildest_keys(void **state)
{
    (void)state;
    for (uint8_t key = 0; key < 16; key++) {
        struct scsi_result result = {.status = CHECK_CONDITION};
        const struct sense_row *row = row_for(key, 0, 0);

        set_fixed(&result, key | 0x20, 0, 0);
        if (key <= 1)
            expect_verdict(reservation_judge(&result), NT_STATUS_INVALID_BLOCK_LENGTH, NO_RETRY,
                           row->name);
        else
            expect_verdict(reservation_judge(&result), row->status, row->delay, row->name);
    }
}

/* semantics 2, "host DID_OK, status 0": success, unless sense of key 1 or worse says otherwise. */
static void good_is_success_unless_the_sense_says_otherwise(void **state)
{
    struct scsi_result result = {0};

    (void)state;
    expect_verdict(reservation_judge(&result), NT_STATUS_SUCCESS, NO_RETRY, "no sense data");
    for (uint8_t key = 0; key < 16; key++) {
        const struct sense_row *row = row_for(key, 0x29, 0x00);

        set_fixed(&result, key, 0x29, 0x00);
        if (key == 0)
            expect_verdict(reservation_judge(&result), NT_STATUS_SUCCESS, NO_RETRY, row->name);
        else
            expect_verdict(reservation_judge(&result), row->status, row->delay, row->name);
        result.sense_length = 2; /* too short for a key, so no sense at all */
        expect_verdict(reservation_judge(&result), NT_STATUS_SUCCESS, NO_RETRY, "cut off sense");
    }
    set_fixed(&result, 0x20, 0, 0);
    expect_verdict(reservation_judge(&result), NT_STATUS_SUCCESS, NO_RETRY, "NO SENSE with ILI");
    set_fixed(&result, 0x21, 0, 0);
    expect_verdict(reservation_judge(&result), NT_STATUS_INVALID_BLOCK_LENGTH, NO_RETRY,
                   "RECOVERED ERROR with ILI");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sense_code_is_judged_as_its_row_says),
        cmocka_unit_test(both_formats_and_deferred_sense_are_judged_alike),
        cmocka_unit_test(an_incorrect_length_counts_for_the_two_mildest_keys),
        cmocka_unit_test(good_is_success_unless_the_sense_says_otherwise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
