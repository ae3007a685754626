/* dll/reservation/judge.h: the status, the host code and the driver byte, and what beats what.
 * windows-behaviour 4.2 and 4.4 and semantics 2, row by row. The sense codes have
 * test_judge_sense.c. */
#include "../../dll/scsi/transport.h"
#include "expect.h"
#include "verdict.h"
#include <stdio.h>

enum { CONFLICT = 0x18, CHECK_CONDITION = 0x02 };

/* windows-behaviour 4.4, SRB status ERROR; "everything else" is its last row. */
static void a_status_without_sense_is_judged_by_itself(void **state)
{
    (void)state;
    for (unsigned int status = 1; status < 256; status++) {
        struct scsi_result result = {.status = (uint8_t)status};
        char row[32];

        snprintf(row, sizeof(row), "status %02x", status);
        if (status == CONFLICT)
            expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_BUSY, NO_RETRY, row);
        else if (status == 0x08)
            expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_NOT_READY, 500, row);
        else
            expect_verdict(reservation_judge(&result), NT_STATUS_IO_DEVICE_ERROR, 500, row);
    }
}

/* semantics 2; the numbers are those of Linux' include/scsi/scsi_status.h. */
static const struct {
    uint8_t host;
    int32_t status;
    int delay;
    const char *name;
} host_rows[] = {
    {0x00, NT_STATUS_SUCCESS, NO_RETRY, "DID_OK"},
    {0x01, NT_STATUS_DEVICE_NOT_CONNECTED, NO_RETRY, "DID_NO_CONNECT"},
    {0x02, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_BUS_BUSY"},
    {0x03, NT_STATUS_IO_TIMEOUT, 1000, "DID_TIME_OUT"},
    {0x04, NT_STATUS_NO_SUCH_DEVICE, NO_RETRY, "DID_BAD_TARGET"},
    {0x05, NT_STATUS_IO_TIMEOUT, 1000, "DID_ABORT"},
    {0x06, NT_STATUS_IO_DEVICE_ERROR, 1000, "DID_PARITY"},
    {0x07, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_ERROR"},
    {0x08, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_RESET"},
    {0x09, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_BAD_INTR"},
    {0x0a, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_PASSTHROUGH"},
    {0x0b, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_SOFT_ERROR"},
    {0x0c, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_IMM_RETRY"},
    {0x0d, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_REQUEUE"},
    {0x0e, NT_STATUS_IO_DEVICE_ERROR, 1000, "DID_TRANSPORT_DISRUPTED"},
    {0x0f, NT_STATUS_DEVICE_NOT_CONNECTED, NO_RETRY, "DID_TRANSPORT_FAILFAST"},
    {0x10, NT_STATUS_NO_SUCH_DEVICE, NO_RETRY, "DID_TARGET_FAILURE"},
    {0x11, NT_STATUS_DEVICE_BUSY, NO_RETRY, "DID_NEXUS_FAILURE"},
    {0x12, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_ALLOC_FAILURE"},
    {0x13, NT_STATUS_IO_DEVICE_ERROR, 500, "DID_MEDIUM_ERROR"},
    {0x14, NT_STATUS_IO_DEVICE_ERROR, 1000, "DID_TRANSPORT_MARGINAL"},
    {0x15, NT_STATUS_IO_DEVICE_ERROR, 500, "unknown 15"},
    {0x20, NT_STATUS_IO_DEVICE_ERROR, 500, "unknown 20"},
    {0xff, NT_STATUS_IO_DEVICE_ERROR, 500, "unknown ff"},
};

static void host_codes_without_sense_are_judged_by_their_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(host_rows); i++) {
        struct scsi_result result = {.host_status = host_rows[i].host};

        expect_verdict(reservation_judge(&result), host_rows[i].status, host_rows[i].delay,
                       host_rows[i].name);
    }
    for (unsigned int host = 0x15; host <= 0x20; host++) {
        struct scsi_result result = {.host_status = (uint8_t)host};

        expect_verdict(reservation_judge(&result), NT_STATUS_IO_DEVICE_ERROR, 500,
                       "a code no kernel has");
    }
}

/* semantics 2: a host error stands before a status without sense. */
static void a_host_code_beats_the_status(void **state)
{
    struct scsi_result result = {.host_status = 0x01, .status = 0x08};

    (void)state;
    expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_NOT_CONNECTED, NO_RETRY,
                   "DID_NO_CONNECT and BUSY");
}

/* semantics 2, last row. */
static void valid_sense_beats_every_host_and_driver_code(void **state)
{
    static const uint8_t drivers[] = {0x00, 0x01, 0x06, 0x08, 0x86};

    (void)state;
    for (unsigned int host = 0; host <= 0x20; host++) {
        for (size_t i = 0; i < COUNT(drivers); i++) {
            struct scsi_result result = {.status = CHECK_CONDITION,
                                         .host_status = (uint8_t)host,
                                         .driver_status = drivers[i]};

            set_fixed(&result, 5, 0x26, 0x04);
            if (host == 0x11)
                expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_BUSY, NO_RETRY,
                               "DID_NEXUS_FAILURE stays a conflict");
            else
                expect_verdict(reservation_judge(&result), NT_STATUS_INVALID_OFFSET_ALIGNMENT,
                               NO_RETRY, "5/26/04 with a host code");
            result.status = 0;
            if (host != 0x11)
                expect_verdict(reservation_judge(&result), NT_STATUS_INVALID_OFFSET_ALIGNMENT,
                               NO_RETRY, "5/26/04 with a host code and GOOD");
        }
    }
}

/* NO SENSE is valid sense: with an error around it, it is the device's word, 4.3 first row. */
static void no_sense_decides_once_there_is_an_error(void **state)
{
    struct scsi_result host = {.host_status = 0x01}, driver = {.driver_status = 0x06};

    (void)state;
    set_fixed(&host, 0, 0, 0);
    set_fixed(&driver, 0, 0, 0);
    expect_verdict(reservation_judge(&host), NT_STATUS_IO_DEVICE_ERROR, 500, "DID_NO_CONNECT");
    expect_verdict(reservation_judge(&driver), NT_STATUS_IO_DEVICE_ERROR, 500, "DRIVER_TIMEOUT");
}

/* windows-behaviour 4.2 and semantics 2: 18h and DID_NEXUS_FAILURE stand before everything. */
static void a_conflict_beats_all(void **state)
{
    (void)state;
    for (unsigned int host = 0; host <= 0x20; host++) {
        struct scsi_result result = {
            .status = CONFLICT, .host_status = (uint8_t)host, .driver_status = 0x06};

        expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_BUSY, NO_RETRY, "no sense");
        set_fixed(&result, 6, 0x29, 0);
        expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_BUSY, NO_RETRY, "with sense");
    }
    for (unsigned int status = 0; status < 256; status++) {
        struct scsi_result result = {.status = (uint8_t)status, .host_status = 0x11};

        expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_BUSY, NO_RETRY,
                       "DID_NEXUS_FAILURE");
    }
}

/* The driver byte of kernels before 5.14: low four bits, DRIVER_SENSE is no error. Without sense,
 * DRIVER_TIMEOUT is semantics 2's timeout and all else windows-behaviour 4.4's "ERROR + GOOD". */
static void a_driver_byte_without_sense_is_an_error(void **state)
{
    (void)state;
    for (unsigned int driver = 0; driver < 256; driver++) {
        struct scsi_result result = {.driver_status = (uint8_t)driver};
        char row[32];

        snprintf(row, sizeof(row), "driver byte %02x", driver);
        if ((driver & 0x0f) == 0 || (driver & 0x0f) == 8)
            expect_verdict(reservation_judge(&result), NT_STATUS_SUCCESS, NO_RETRY, row);
        else if ((driver & 0x0f) == 6)
            expect_verdict(reservation_judge(&result), NT_STATUS_IO_TIMEOUT, 1000, row);
        else
            expect_verdict(reservation_judge(&result), NT_STATUS_IO_DEVICE_ERROR, 1000, row);
        result.host_status = 0x01;
        expect_verdict(reservation_judge(&result), NT_STATUS_DEVICE_NOT_CONNECTED, NO_RETRY, row);
    }
}

/* semantics 2, the rows of a failed ioctl. */
static void an_attempt_that_was_never_sent_has_its_own_status(void **state)
{
    static const struct {
        const char *name;
        int error;
        int32_t status;
    } rows[] = {
        {"not permitted", SCSI_NOT_PERMITTED, NT_STATUS_ACCESS_DENIED},
        {"gone", SCSI_DEVICE_GONE, NT_STATUS_DEVICE_DOES_NOT_EXIST},
        {"no SCSI", SCSI_NOT_SUPPORTED, NT_STATUS_INVALID_DEVICE_REQUEST},
        {"no memory", SCSI_NO_MEMORY, NT_STATUS_INSUFFICIENT_RESOURCES},
        {"bad address", SCSI_BAD_ADDRESS, NT_STATUS_ACCESS_VIOLATION},
        {"anything else", SCSI_TRANSPORT_FAILED, NT_STATUS_IO_DEVICE_ERROR},
        {"a transport that lies", SCSI_SENT, NT_STATUS_IO_DEVICE_ERROR},
        {"an unknown error", SCSI_TRANSPORT_FAILED + 1, NT_STATUS_IO_DEVICE_ERROR},
        {"an errno", -5, NT_STATUS_IO_DEVICE_ERROR},
        {"the largest", INT32_MAX, NT_STATUS_IO_DEVICE_ERROR},
        {"the smallest", INT32_MIN, NT_STATUS_IO_DEVICE_ERROR},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_STATUS(reservation_judge_transport_error(rows[i].error), rows[i].status, "%s",
                      rows[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_without_sense_is_judged_by_itself),
        cmocka_unit_test(host_codes_without_sense_are_judged_by_their_table),
        cmocka_unit_test(a_host_code_beats_the_status),
        cmocka_unit_test(valid_sense_beats_every_host_and_driver_code),
        cmocka_unit_test(no_sense_decides_once_there_is_an_error),
        cmocka_unit_test(a_conflict_beats_all),
        cmocka_unit_test(a_driver_byte_without_sense_is_an_error),
        cmocka_unit_test(an_attempt_that_was_never_sent_has_its_own_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
