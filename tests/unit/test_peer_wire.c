/* conformance/wire.c: what is sent arrives, and nothing else is taken. */
#include "../../conformance/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A message of each kind with no field at its rest value. */
static struct wire_message sample(uint32_t kind)
{
    struct wire_message message;

    memset(&message, 0, sizeof(message));
    message.kind = kind;
    switch (kind) {
    case WIRE_SERVER_HELLO:
    case WIRE_CLIENT_HELLO:
        message.as.hello = (struct wire_hello){WIRE_MAGIC, WIRE_VERSION, {1, 2, 3}};
        break;
    case WIRE_WELCOME:
        message.as.information = (struct peer_information){
            .suite_version = "0.1.0",
            .system = "Windows 10.0.19045",
            .disk_name = "\\\\.\\PhysicalDrive1",
            .disk = {"LIO-ORG ", "disk", "4.0", "serial", "6001405", 512, UINT64_C(1) << 40},
            .work_block = 0x12345678,
            .reserve = true,
            .bus_reset = true};
        break;
    case WIRE_REQUEST:
        message.as.request = (struct request){0x2dd01c, OPEN_WRITE, 1, 0, NULL_BUFFER, 36, 7, {9}};
        message.as.request.input[REQUEST_INPUT_MAX - 1] = 0xee;
        break;
    case WIRE_ANSWER:
        message.as.answer = (struct answer){.returned = 1,
                                            .error = ERROR_SENTINEL,
                                            .status = INT32_MIN + 0x11,
                                            .bytes = BYTES_SENTINEL,
                                            .milliseconds = 5,
                                            .signalled = 1,
                                            .internal = 6,
                                            .internal_high = 7,
                                            .final_returned = 1,
                                            .final_error = 8,
                                            .final_bytes = 9,
                                            .input_changed = 1,
                                            .outside_changed = 1,
                                            .output_changed = 10,
                                            .output_kept = ANSWER_OUTPUT_MAX};
        message.as.answer.output[ANSWER_OUTPUT_MAX - 1] = 0xdd;
        break;
    case WIRE_SCSI_REQUEST:
        message.as.scsi_request =
            (struct scsi_request){SCSI_DATA_OUT, SCSI_DATA_MAX, 10, {0x2a}, {3}};
        message.as.scsi_request.data[SCSI_DATA_MAX - 1] = 0xcc;
        break;
    case WIRE_SCSI_ANSWER:
        message.as.scsi_answer = (struct scsi_answer){1, 2, 3, 4, 5, 6, SCSI_DATA_MAX, {8}};
        break;
    case WIRE_RAW_REQUEST:
        message.as.raw_request =
            (struct raw_request){RAW_WRITE, 1, UINT64_C(0x123456789abcdef0), 512, {7}};
        break;
    case WIRE_RAW_ANSWER:
        message.as.raw_answer = (struct raw_answer){1, 2, 512, {7}};
        break;
    case WIRE_REFUSED:
    case WIRE_LOST:
    case WIRE_STOPPED:
        memcpy(message.as.reason, "why", 4);
        break;
    default:
        break;
    }
    return message;
}

static void every_kind_arrives(void **state)
{
    (void)state;
    for (uint32_t kind = WIRE_NO_KIND + 1; kind < WIRE_KINDS; kind++) {
        const struct wire_message sent = sample(kind);
        struct wire_message got;
        uint8_t payload[WIRE_PAYLOAD_MAX], again[WIRE_PAYLOAD_MAX];
        bool fits;
        const size_t length = wire_encode(&sent, payload, &fits);

        assert_true(fits);
        assert_true(wire_decode(kind, payload, length, &got));
        assert_memory_equal(&got.as, &sent.as, sizeof(sent.as));
        assert_int_equal(wire_encode(&got, again, &fits), length);
        assert_memory_equal(again, payload, length);
    }
}

/* In a block of exactly its size, so that the sanitizer sees a byte read too far. */
static bool decodes(uint32_t kind, const uint8_t *payload, size_t length)
{
    struct wire_message message;
    uint8_t *block = malloc(length ? length : 1);
    bool good;

    assert_non_null(block);
    memcpy(block, payload, length);
    good = wire_decode(kind, block, length, &message);
    free(block);
    return good;
}

static void no_other_length_is_taken(void **state)
{
    (void)state;
    for (uint32_t kind = WIRE_NO_KIND + 1; kind < WIRE_KINDS; kind++) {
        const struct wire_message message = sample(kind);
        uint8_t payload[WIRE_PAYLOAD_MAX + 1] = {0};
        bool fits;
        const size_t length = wire_encode(&message, payload, &fits);

        for (size_t shorter = 0; shorter < length; shorter++)
            assert_false(decodes(kind, payload, shorter));
        assert_false(decodes(kind, payload, length + 1));
    }
    assert_false(decodes(WIRE_NO_KIND, (const uint8_t *)"", 0));
    assert_false(decodes(WIRE_KINDS, (const uint8_t *)"", 0));
}

/* Places of numbers in payloads, and the first value that is too much. */
static const struct {
    uint32_t kind;
    size_t place;
    uint32_t limit;
} limits[] = {
    {WIRE_REQUEST, 4, HANDLE_ACCESSES},
    {WIRE_REQUEST, 8, 2},
    {WIRE_REQUEST, 12, NULL_BUFFER + 1},
    {WIRE_REQUEST, 16, NULL_BUFFER + 1},
    {WIRE_REQUEST, 20, REQUEST_INPUT_MAX + 1},
    {WIRE_REQUEST, 24, REQUEST_OUTPUT_MAX + 1},
    {WIRE_ANSWER, 56, ANSWER_OUTPUT_MAX + 1},
    {WIRE_SCSI_REQUEST, 0, SCSI_DATA_OUT + 1},
    {WIRE_SCSI_REQUEST, 4, SCSI_DATA_MAX + 1},
    {WIRE_SCSI_REQUEST, 8, SCSI_CDB_MAX + 1},
    {WIRE_SCSI_ANSWER, 24, SCSI_DATA_MAX + 1},
    {WIRE_RAW_REQUEST, 0, RAW_FLUSH + 1},
    {WIRE_RAW_REQUEST, 4, 2},
    {WIRE_RAW_REQUEST, 16, SCSI_DATA_MAX + 1},
    {WIRE_RAW_ANSWER, 8, SCSI_DATA_MAX + 1},
    {WIRE_REFUSED, 0, NODE_PROBLEM_MAX},
    {WIRE_WELCOME, 0, 32},
};

static void numbers_beyond_their_limit_are_not_taken(void **state)
{
    static const uint32_t beyond[] = {0, 1, 0x7fffffff};

    (void)state;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const struct wire_message message = sample(limits[i].kind);
        uint8_t payload[WIRE_PAYLOAD_MAX];
        bool fits;
        const size_t length = wire_encode(&message, payload, &fits);

        for (size_t j = 0; j < sizeof(beyond) / sizeof(beyond[0]); j++) {
            put_be32(payload + limits[i].place, limits[i].limit + beyond[j]);
            assert_false(decodes(limits[i].kind, payload, length));
        }
        put_be32(payload + limits[i].place, UINT32_MAX);
        assert_false(decodes(limits[i].kind, payload, length));
    }
}

static void what_cannot_be_sent_is_not_sent(void **state)
{
    struct wire_message message = sample(WIRE_REQUEST);
    uint8_t payload[WIRE_PAYLOAD_MAX];
    bool fits = true;

    (void)state;
    message.as.request.input_length = REQUEST_INPUT_MAX + 1;
    assert_int_equal(wire_encode(&message, payload, &fits), 0);
    assert_false(fits);
    message = sample(WIRE_SCSI_REQUEST);
    message.as.scsi_request.length = SCSI_DATA_MAX + 1;
    assert_int_equal(wire_encode(&message, payload, &fits), 0);
    assert_false(fits);
    message.kind = WIRE_KINDS;
    assert_int_equal(wire_encode(&message, payload, &fits), 0);
    assert_false(fits);
}

static void texts_cannot_move_the_cursor(void **state)
{
    static const uint8_t payload[] = {0, 0, 0, 4, 27, '[', '\n', 'x'};
    static const uint8_t with_nul[] = {0, 0, 0, 3, 'a', 0, 'b'};
    struct wire_message message;

    (void)state;
    assert_true(wire_decode(WIRE_REFUSED, payload, sizeof(payload), &message));
    assert_string_equal(message.as.reason, "?[?x");
    assert_false(wire_decode(WIRE_REFUSED, with_nul, sizeof(with_nul), &message));
}

static void headers(void **state)
{
    uint8_t header[WIRE_HEADER];
    uint32_t kind;
    size_t length;

    (void)state;
    wire_put_header(header, WIRE_GOODBYE, WIRE_PAYLOAD_MAX);
    assert_true(wire_get_header(header, &kind, &length));
    assert_int_equal(kind, WIRE_GOODBYE);
    assert_int_equal(length, WIRE_PAYLOAD_MAX);
    wire_put_header(header, WIRE_GOODBYE, WIRE_PAYLOAD_MAX + 1);
    assert_false(wire_get_header(header, &kind, &length));
    wire_put_header(header, WIRE_KINDS, 0);
    assert_false(wire_get_header(header, &kind, &length));
    wire_put_header(header, WIRE_NO_KIND, 0);
    assert_false(wire_get_header(header, &kind, &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_arrives),
        cmocka_unit_test(no_other_length_is_taken),
        cmocka_unit_test(numbers_beyond_their_limit_are_not_taken),
        cmocka_unit_test(what_cannot_be_sent_is_not_sent),
        cmocka_unit_test(texts_cannot_move_the_cursor),
        cmocka_unit_test(headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
