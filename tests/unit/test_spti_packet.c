/* dll/shim/spti_packet.c: what pass-through takes and gives. */
#include "../../dll/reservation/nt_status.h"
#include "../../dll/shim/spti_packet.h"

#include "expect.h"

#include <string.h>

static struct scsi_command pr_in(uint32_t timeout_ms, void *data)
{
    struct scsi_command command;

    scsi_build_pr_in(&command, 0, 0x0123);
    command.timeout_ms = timeout_ms;
    command.data = data;
    return command;
}

/* By offsets and numbers of <ntddscsi.h>, not by names, for this bitness. */
static void a_packet_has_windows_layout(void **state)
{
    static const size_t places[2][3] = {{20, 24, 28}, {24, 32, 36}}; /* data, sense offset, CDB */
    const size_t *place = places[sizeof(void *) == 8];
    static uint8_t data[0x123];
    const struct scsi_command command = pr_in(2001, data);
    const uint8_t cdb[16] = {0x5e, 0, 0, 0, 0, 0, 0, 0x01, 0x23};
    struct spti_packet packet;
    uint8_t bytes[sizeof(packet)];
    uintptr_t address;
    uint32_t word;

    (void)state;
    memset(&packet, 0xee, sizeof(packet));
    spti_packet_fill(&packet, &command, (uintptr_t)data);
    memcpy(bytes, &packet, sizeof(bytes));
    EXPECT(bytes[0] | bytes[1] << 8, sizeof(void *) == 8 ? 56 : 44, "Length");
    EXPECT(bytes[6], 10, "CdbLength");
    EXPECT(bytes[7], 252, "SenseInfoLength");
    EXPECT(bytes[8], 1, "DataIn");
    memcpy(&word, bytes + 12, 4);
    EXPECT(word, 0x123, "DataTransferLength");
    memcpy(&word, bytes + 16, 4);
    EXPECT(word, 3, "TimeOutValue");
    memcpy(&address, bytes + place[0], sizeof(address));
    assert_true(address == (uintptr_t)data);
    memcpy(&word, bytes + place[1], 4);
    EXPECT(word, offsetof(struct spti_packet, sense), "SenseInfoOffset");
    EXPECT_BYTES(bytes + place[2], cdb, sizeof(cdb), "Cdb");
    EXPECT(bytes[offsetof(struct spti_packet, sense)], 0, "sense is cleared");
    EXPECT(sizeof(packet.sense) <= sizeof(packet) - offsetof(struct spti_packet, sense), true,
           "sense within the packet");
}

static void directions_and_timeouts_are_translated(void **state)
{
    static const struct {
        enum scsi_direction direction;
        uint8_t data_in;
    } rows[] = {{SCSI_DATA_OUT, 0}, {SCSI_DATA_IN, 1}, {SCSI_NO_DATA, 2}};
    static const struct {
        uint32_t milliseconds, seconds;
    } times[] = {
        {0, 1},
        {1, 1},
        {999, 1},
        {1000, 1},
        {1001, 2},
        {10000, 10},
        {10001, 11},
        {108000000, 108000},
        {UINT32_MAX, 108000},
    };
    struct spti_packet packet;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scsi_command command = pr_in(1, NULL);

        command.direction = rows[i].direction;
        spti_packet_fill(&packet, &command, 0);
        EXPECT(packet.head.direction, rows[i].data_in, "row %zu", i);
    }
    for (size_t i = 0; i < COUNT(times); i++) {
        const struct scsi_command command = pr_in(times[i].milliseconds, NULL);

        spti_packet_fill(&packet, &command, 0);
        EXPECT(packet.head.timeout, times[i].seconds, "%u ms", times[i].milliseconds);
    }
}

static void unaligned_data_are_not_direct(void **state)
{
    static _Alignas(8) uint8_t data[16];
    struct scsi_command command = pr_in(1, data);

    (void)state;
    assert_true(spti_may_be_direct(&command));
    command.data = data + 4;
    assert_true(spti_may_be_direct(&command));
    for (int i = 1; i < 4; i++) {
        command.data = data + i;
        assert_false(spti_may_be_direct(&command));
    }
    command.transfer_length = 0;
    assert_true(spti_may_be_direct(&command));
}

/* A second try of what may have been sent would be a command sent twice. */
static void only_what_was_refused_as_a_whole_is_tried_again(void **state)
{
    static const uint32_t again[] = {0xc000000d, 0xc0000010, 0xc00000bb, 0xc0000002};
    static const uint32_t never[] = {0,          0x103,      0xc0000185, 0xc00000b5, 0xc0000022,
                                     0xc000000e, 0xc000009d, 0xc0000120, 0xc000009a, 0x101};

    (void)state;
    for (size_t i = 0; i < COUNT(again); i++)
        EXPECT(spti_was_not_taken((int32_t)again[i]), true, "0x%08x", again[i]);
    for (size_t i = 0; i < COUNT(never); i++)
        EXPECT(spti_was_not_taken((int32_t)never[i]), false, "0x%08x", never[i]);
}

static void a_call_that_failed_becomes_an_error_or_a_host_code(void **state)
{
    static const struct {
        uint32_t status;
        int error;
        uint8_t host;
    } rows[] = {
        {0, SCSI_SENT, 0},
        {0xc0000022, SCSI_NOT_PERMITTED, 0},
        {0xc0000061, SCSI_NOT_PERMITTED, 0},
        {0xc000000e, SCSI_DEVICE_GONE, 0},
        {0xc00000c0, SCSI_DEVICE_GONE, 0},
        {0xc00002b6, SCSI_DEVICE_GONE, 0},
        {0xc0000010, SCSI_NOT_SUPPORTED, 0},
        {0xc00000bb, SCSI_NOT_SUPPORTED, 0},
        {0xc0000002, SCSI_NOT_SUPPORTED, 0},
        {0xc000009a, SCSI_NO_MEMORY, 0},
        {0xc0000005, SCSI_BAD_ADDRESS, 0},
        {0xc000009d, SCSI_SENT, 0x01},
        {0xc00000b5, SCSI_SENT, 0x03},
        {0xc0000120, SCSI_SENT, 0x05},
        {0xc0000185, SCSI_SENT, 0x07},
        {0xc0000001, SCSI_TRANSPORT_FAILED, 0}, /* UNSUCCESSFUL */
        {0x00000101, SCSI_TRANSPORT_FAILED, 0}, /* ALERTED is no success */
        {0x000000c0, SCSI_TRANSPORT_FAILED, 0}, /* nor is USER_APC */
        {0x80000005, SCSI_TRANSPORT_FAILED, 0}, /* nor BUFFER_OVERFLOW */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scsi_command command = pr_in(1, NULL);
        struct spti_packet packet;
        struct scsi_result result = {0};

        spti_packet_fill(&packet, &command, 0);
        EXPECT(spti_packet_result(&packet, (int32_t)rows[i].status, &command, &result),
               rows[i].error, "0x%08x", rows[i].status);
        EXPECT(result.host_status, rows[i].host, "0x%08x", rows[i].status);
        EXPECT(result.os_error, (int32_t)rows[i].status, "0x%08x", rows[i].status);
        EXPECT(spti_error_of((int32_t)rows[i].status),
               rows[i].host ? SCSI_TRANSPORT_FAILED : rows[i].error, "0x%08x", rows[i].status);
    }
}

static struct scsi_result result_of(uint8_t status, uint8_t sense_length, const uint8_t *sense,
                                    uint32_t moved)
{
    const struct scsi_command command = pr_in(1, NULL);
    struct scsi_result result = {0};
    struct spti_packet packet;

    spti_packet_fill(&packet, &command, 0);
    packet.head.scsi_status = status;
    packet.head.sense_length = sense_length;
    packet.head.data_length = moved;
    if (sense)
        memcpy(packet.sense, sense, 8);
    EXPECT(spti_packet_result(&packet, 0, &command, &result), SCSI_SENT, "status %u", status);
    return result;
}

static void statuses_sense_and_residual_come_back(void **state)
{
    static const uint8_t fixed[8] = {0x70, 0, 6}, descriptor[8] = {0x72, 6, 0x2a, 5}, none[8];
    static const uint8_t strange[8] = {0x7f, 1};
    const struct {
        const char *name;
        uint8_t status, length;
        const uint8_t *sense;
        uint8_t expected;
    } rows[] = {
        {"none", 0x00, 0, NULL, 0},
        {"none, and the room as it was", 0x00, 252, none, 0},
        {"a conflict, and the room as it was", 0x18, 252, none, 0},
        {"busy, and the room as it was", 0x08, 252, none, 0},
        {"fixed", 0x02, 18, fixed, 18},
        {"descriptor", 0x02, 8, descriptor, 8},
        {"as long as it can be", 0x02, 252, fixed, 252},
        {"longer", 0x02, 255, fixed, 252},
        {"of no known format", 0x02, 8, strange, 8},
        {"with another status", 0x18, 18, fixed, 18},
        {"recovered", 0x00, 18, fixed, 18},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scsi_result result =
            result_of(rows[i].status, rows[i].length, rows[i].sense, 8);

        EXPECT(result.status, rows[i].status, "%s", rows[i].name);
        EXPECT(result.sense_length, rows[i].expected, "%s", rows[i].name);
        EXPECT(result.transferred, 8, "%s", rows[i].name);
        if (rows[i].expected)
            EXPECT_BYTES(result.sense, rows[i].sense, 8, "%s", rows[i].name);
    }
    EXPECT(result_of(0, 0, NULL, 0).transferred, 0, "nothing");
    EXPECT(result_of(0, 0, NULL, 0x123).transferred, 0x123, "all");
    EXPECT(result_of(0, 0, NULL, 0xfffffff0).transferred, 0x123, "more than there was room for");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_packet_has_windows_layout),
        cmocka_unit_test(directions_and_timeouts_are_translated),
        cmocka_unit_test(unaligned_data_are_not_direct),
        cmocka_unit_test(only_what_was_refused_as_a_whole_is_tried_again),
        cmocka_unit_test(a_call_that_failed_becomes_an_error_or_a_host_code),
        cmocka_unit_test(statuses_sense_and_residual_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
