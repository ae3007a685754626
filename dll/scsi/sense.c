#include "sense.h"

enum {
    LENGTH_FIELD = 7, /* additional sense length in both formats: bytes that follow it */
    DESCRIPTORS = 8,
    BLOCK_COMMANDS_DESCRIPTOR = 0x05, /* SBC-3 4.18.2 */
    ILI_BIT = 0x20,                   /* of the key's byte, or of the descriptor's fourth */
};

/* Where the fields lie, SPC-4 tables 27 and 51. */
static const struct sense_format {
    uint8_t key, asc, ascq;
} fixed_format = {2, 12, 13}, descriptor_format = {1, 2, 3};

/* How many of `length` bytes the sense data itself says are there. */
static uint32_t usable_length(const uint8_t *bytes, uint32_t length)
{
    uint32_t indicated;

    if (length <= LENGTH_FIELD)
        return length;
    indicated = LENGTH_FIELD + 1 + bytes[LENGTH_FIELD];
    return indicated < length ? indicated : length;
}

static uint8_t byte_at(const uint8_t *bytes, uint32_t length, uint32_t offset)
{
    return offset < length ? bytes[offset] : 0;
}

/* SPC-4 4.5.2.1: a descriptor is a type, the number of bytes that follow, and those bytes. */
static bool descriptor_has_ili(const uint8_t *bytes, uint32_t length)
{
    uint32_t at = DESCRIPTORS;

    while (at + 4 <= length) {
        if (bytes[at] == BLOCK_COMMANDS_DESCRIPTOR)
            return bytes[at + 3] & ILI_BIT;
        at += 2u + bytes[at + 1];
    }
    return false;
}

struct scsi_sense scsi_decode_sense(const uint8_t *bytes, uint32_t length)
{
    uint8_t response_code = byte_at(bytes, length, 0) & 0x7f;
    bool is_descriptor = response_code == 0x72 || response_code == 0x73;
    const struct sense_format *format = is_descriptor ? &descriptor_format : &fixed_format;
    struct scsi_sense sense = {0};

    if (length <= format->key)
        return sense;
    length = usable_length(bytes, length);
    sense.valid = true;
    sense.key = bytes[format->key] & 0x0f;
    sense.asc = byte_at(bytes, length, format->asc);
    sense.ascq = byte_at(bytes, length, format->ascq);
    sense.incorrect_length =
        is_descriptor ? descriptor_has_ili(bytes, length) : bytes[format->key] & ILI_BIT;
    return sense;
}
