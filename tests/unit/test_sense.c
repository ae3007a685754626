/* dll/scsi/sense.h: sense data in both formats, whole, cut off and lying. SPC-4 4.5. */
#include "../../dll/scsi/sense.h"

#include "expect.h"
#include <stdlib.h>
#include <string.h>

enum { FIXED = 18, DESCRIPTOR = 8, SENSE_MAX = 252 };

/* NOT READY 04/0B, whole, in each format. */
static const uint8_t fixed[FIXED] = {0x70, 0, 0x02, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0x04, 0x0b};
static const uint8_t descriptor[DESCRIPTOR] = {0x72, 0x02, 0x04, 0x0b};

/* Decodes a copy of exactly `length` bytes, so that a sanitizer sees a byte read too far. */
static struct scsi_sense decode(const uint8_t *bytes, size_t length)
{
    uint8_t *exact = malloc(length ? length : 1);
    struct scsi_sense sense;

    assert_non_null(exact);
    memcpy(exact, bytes, length);
    sense = scsi_decode_sense(length ? exact : NULL, (uint32_t)length);
    free(exact);
    return sense;
}

#define EXPECT_SENSE(bytes, length, is_valid, the_key, the_asc, the_ascq, ili, ...) \
    do {                                                                            \
        struct scsi_sense sense = decode(bytes, length);                            \
                                                                                    \
        EXPECT(sense.valid, is_valid, __VA_ARGS__);                                 \
        EXPECT(sense.key, the_key, __VA_ARGS__);                                    \
        EXPECT(sense.asc, the_asc, __VA_ARGS__);                                    \
        EXPECT(sense.ascq, the_ascq, __VA_ARGS__);                                  \
        EXPECT(sense.incorrect_length, ili, __VA_ARGS__);                           \
    } while (0)

/* SPC-4 4.5.2 and 4.5.3: current (70h, 72h) and deferred (71h, 73h), with and without the VALID
 * bit in front of the response code. */
static void every_key_and_code_is_read_in_both_formats(void **state)
{
    static const uint8_t codes[][2] = {{0x00, 0x00}, {0x04, 0x0b}, {0x29, 0x00},
                                       {0x2a, 0x03}, {0x80, 0x01}, {0xff, 0xff}};

    (void)state;
    for (uint8_t key = 0; key < 16; key++) {
        for (size_t i = 0; i < COUNT(codes); i++) {
            for (int response = 0; response < 8; response++) {
                uint8_t bytes[FIXED] = {0};
                bool is_descriptor = response & 2;

                bytes[0] = (uint8_t)(0x70 | (response & 3) | (response & 4 ? 0x80 : 0));
                bytes[is_descriptor ? 1 : 2] = key;
                bytes[is_descriptor ? 2 : 12] = codes[i][0];
                bytes[is_descriptor ? 3 : 13] = codes[i][1];
                bytes[7] = is_descriptor ? 0 : 10;
                EXPECT_SENSE(bytes, is_descriptor ? DESCRIPTOR : FIXED, true, key, codes[i][0],
                             codes[i][1], false, "response %02x key %x %02x/%02x", bytes[0], key,
                             codes[i][0], codes[i][1]);
            }
        }
    }
}

/* The key's byte has other bits beside it: file mark, end of medium, and reserved ones. */
static void only_four_bits_are_the_key(void **state)
{
    uint8_t bytes[FIXED];

    (void)state;
    memcpy(bytes, fixed, sizeof(fixed));
    bytes[2] = 0xd6;
    EXPECT_SENSE(bytes, FIXED, true, 6, 0x04, 0x0b, false, "fixed");
    memcpy(bytes, descriptor, sizeof(descriptor));
    bytes[1] = 0xf6;
    EXPECT_SENSE(bytes, DESCRIPTOR, true, 6, 0x04, 0x0b, false, "descriptor");
}

/* What is cut off reads as 0; without a key there is no sense. */
static void fixed_format_is_cut_off_at_every_length(void **state)
{
    (void)state;
    for (size_t length = 0; length <= FIXED; length++)
        EXPECT_SENSE(fixed, length, length >= 3, length >= 3 ? 2 : 0, length > 12 ? 0x04 : 0,
                     length > 13 ? 0x0b : 0, false, "%zu bytes", length);
}

static void descriptor_format_is_cut_off_at_every_length(void **state)
{
    (void)state;
    for (size_t length = 0; length <= DESCRIPTOR; length++)
        EXPECT_SENSE(descriptor, length, length >= 2, length >= 2 ? 2 : 0, length > 2 ? 0x04 : 0,
                     length > 3 ? 0x0b : 0, false, "%zu bytes", length);
}

/* SPC-4 4.5.3: byte 7 says how many bytes follow it. What lies behind them is not sense data. */
static void fixed_format_ends_where_its_additional_length_says(void **state)
{
    static const struct {
        uint8_t additional_length, asc, ascq;
    } rows[] = {{0, 0, 0},        {4, 0, 0},        {5, 0x04, 0},      {6, 0x04, 0x0b},
                {10, 0x04, 0x0b}, {11, 0x04, 0x0b}, {244, 0x04, 0x0b}, {255, 0x04, 0x0b}};
    uint8_t bytes[FIXED];

    (void)state;
    memcpy(bytes, fixed, sizeof(fixed));
    for (size_t i = 0; i < COUNT(rows); i++) {
        bytes[7] = rows[i].additional_length;
        EXPECT_SENSE(bytes, FIXED, true, 2, rows[i].asc, rows[i].ascq, false,
                     "additional length %u", rows[i].additional_length);
    }
}

/* WDS ClassInterpretSenseInfo: sense of an unknown format is read as fixed. */
static void every_other_response_code_is_read_as_fixed(void **state)
{
    uint8_t bytes[FIXED];

    (void)state;
    memcpy(bytes, fixed, sizeof(fixed));
    bytes[1] = 0x05; /* what descriptor format would take for the key */
    for (unsigned int code = 0; code < 256; code++) {
        bytes[0] = (uint8_t)code;
        if ((code & 0x7f) == 0x72 || (code & 0x7f) == 0x73)
            EXPECT_SENSE(bytes, FIXED, true, 5, 2, 0, false, "response code %02x", code);
        else
            EXPECT_SENSE(bytes, FIXED, true, 2, 0x04, 0x0b, false, "response code %02x", code);
    }
}

static void fixed_format_has_its_ili_beside_the_key(void **state)
{
    uint8_t bytes[FIXED];

    (void)state;
    memcpy(bytes, fixed, sizeof(fixed));
    bytes[2] = 0x20;
    EXPECT_SENSE(bytes, FIXED, true, 0, 0x04, 0x0b, true, "whole");
    EXPECT_SENSE(bytes, 3, true, 0, 0, 0, true, "cut off behind the key");
    EXPECT_SENSE(bytes, 2, false, 0, 0, 0, false, "cut off before the key");
}

/* SBC-3 4.18.2: in descriptor format ILI is bit 5 of byte 3 of the block commands descriptor. */
static void descriptor_format_has_its_ili_in_a_descriptor(void **state)
{
    static const struct {
        const char *name;
        uint8_t length;
        uint8_t bytes[32];
        bool ili;
    } rows[] = {
        {"block commands", 12, {0x72, 0, 0, 0, 0, 0, 0, 4, 5, 2, 0, 0x20}, true},
        {"deferred", 12, {0x73, 0, 0, 0, 0, 0, 0, 4, 5, 2, 0, 0x20}, true},
        {"other bits of the byte", 12, {0x72, 0, 0, 0, 0, 0, 0, 4, 5, 2, 0, 0xdf}, false},
        {"bit in the byte before", 12, {0x72, 0, 0, 0, 0, 0, 0, 4, 5, 2, 0x20, 0}, false},
        {"another type", 12, {0x72, 0, 0, 0, 0, 0, 0, 4, 4, 2, 0, 0x20}, false},
        {"behind an information descriptor",
         24,
         {0x72, 0, 0, 0, 0, 0, 0, 16, 0, 10, 0x80, 0, 5, 2, 0, 0x20, 0, 0, 0, 0, 5, 2, 0, 0x20},
         true},
        {"inside an information descriptor",
         20,
         {0x72, 0, 0, 0, 0, 0, 0, 12, 0, 10, 0x80, 0, 5, 2, 0, 0x20, 5, 2, 0, 0x20},
         false},
        {"behind one of no length", 14, {0x72, 0, 0, 0, 0, 0, 0, 6, 0x80, 0, 5, 2, 0, 0x20}, true},
        {"behind one that claims to be longer than all",
         16,
         {0x72, 0, 0, 0, 0, 0, 0, 8, 0x80, 255, 5, 2, 0, 0x20, 0, 0x20},
         false},
        {"behind the additional length", 12, {0x72, 0, 0, 0, 0, 0, 0, 0, 5, 2, 0, 0x20}, false},
        {"half inside the additional length",
         12,
         {0x72, 0, 0, 0, 0, 0, 0, 3, 5, 2, 0, 0x20},
         false},
        {"an additional length beyond the end",
         12,
         {0x72, 0, 0, 0, 0, 0, 0, 255, 5, 2, 0, 0x20},
         true},
        {"cut off before the bit", 11, {0x72, 0, 0, 0, 0, 0, 0, 4, 5, 2, 0, 0x20}, false},
        {"no descriptor", 8, {0x72, 0, 0x20, 0x20, 0x20, 0x20, 0x20, 0}, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(decode(rows[i].bytes, rows[i].length).incorrect_length, rows[i].ili, "%s",
               rows[i].name);
}

/* Any bytes at any length: nothing is read past the end, and "not valid" means all zero. */
static void any_bytes_are_taken(void **state)
{
    uint32_t random = 1;

    (void)state;
    for (unsigned int round = 0; round < 20; round++) {
        for (size_t length = 0; length <= SENSE_MAX; length++) {
            uint8_t bytes[SENSE_MAX] = {0};
            struct scsi_sense sense;

            for (size_t i = 0; i < length; i++) {
                random = random * 1664525 + 1013904223;
                bytes[i] = (uint8_t)(random >> 24);
            }
            if (length && round % 2)
                bytes[0] = 0x72;
            sense = decode(bytes, length);
            EXPECT(sense.key < 16, true, "%zu bytes", length);
            if (!sense.valid)
                EXPECT(sense.key | sense.asc | sense.ascq | sense.incorrect_length, 0, "%zu bytes",
                       length);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_and_code_is_read_in_both_formats),
        cmocka_unit_test(only_four_bits_are_the_key),
        cmocka_unit_test(fixed_format_is_cut_off_at_every_length),
        cmocka_unit_test(descriptor_format_is_cut_off_at_every_length),
        cmocka_unit_test(fixed_format_ends_where_its_additional_length_says),
        cmocka_unit_test(every_other_response_code_is_read_as_fixed),
        cmocka_unit_test(fixed_format_has_its_ili_beside_the_key),
        cmocka_unit_test(descriptor_format_has_its_ili_in_a_descriptor),
        cmocka_unit_test(any_bytes_are_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
