#include "sense.h"

enum {
    FIXED_KEY_END = 3,      /* key and ILI lie in byte 2 */
    FIXED_LENGTH_FIELD = 7, /* additional sense length: bytes that follow it */
    FIXED_ASC = 12,
    FIXED_ASCQ = 13,
    DESCRIPTOR_KEY_END = 2,
    DESCRIPTOR_LENGTH_FIELD = 7,
    DESCRIPTOR_HEADER = 8,
    BLOCK_COMMANDS_DESCRIPTOR = 0x05, /* SBC-3 4.18.2 */
    ILI_BIT = 0x20,
};

/* How many of `length` bytes the sense data itself says are there. */
static uint32_t usable_length(const uint8_t *bytes, uint32_t length, uint32_t length_field)
{
    uint32_t indicated;

    if (length <= length_field)
        return length;
    indicated = length_field + 1 + bytes[length_field];
    return indicated < length ? indicated : length;
}

static uint8_t byte_at(const uint8_t *bytes, uint32_t length, uint32_t offset)
{
    return offset < length ? bytes[offset] : 0;
}

/* SPC-4 4.5.2.1: a descriptor is a type, the number of bytes that follow, and those bytes. */
static bool descriptor_has_ili(const uint8_t *bytes, uint32_t length)
{
    uint32_t at = DESCRIPTOR_HEADER;

    while (at + 4 <= length) {
        if (bytes[at] == BLOCK_COMMANDS_DESCRIPTOR)
            return bytes[at + 3] & ILI_BIT;
        at += 2u + bytes[at + 1];
    }
    return false;
}

static struct scsi_sense decode_descriptor(const uint8_t *bytes, uint32_t length)
{
    struct scsi_sense sense = {0};

    if (length < DESCRIPTOR_KEY_END)
        return sense;
    length = usable_length(bytes, length, DESCRIPTOR_LENGTH_FIELD);
    sense.valid = true;
    sense.key = bytes[1] & 0x0f;
    sense.asc = byte_at(bytes, length, 2);
    sense.ascq = byte_at(bytes, length, 3);
    sense.incorrect_length = descriptor_has_ili(bytes, length);
    return sense;
}

static struct scsi_sense decode_fixed(const uint8_t *bytes, uint32_t length)
{
    struct scsi_sense sense = {0};

    if (length < FIXED_KEY_END)
        return sense;
    length = usable_length(bytes, length, FIXED_LENGTH_FIELD);
    sense.valid = true;
    sense.key = bytes[2] & 0x0f;
    sense.incorrect_length = bytes[2] & ILI_BIT;
    sense.asc = byte_at(bytes, length, FIXED_ASC);
    sense.ascq = byte_at(bytes, length, FIXED_ASCQ);
    return sense;
}

struct scsi_sense scsi_decode_sense(const uint8_t *bytes, uint32_t length)
{
    uint8_t response_code = byte_at(bytes, length, 0) & 0x7f;

    if (response_code == 0x72 || response_code == 0x73)
        return decode_descriptor(bytes, length);
    return decode_fixed(bytes, length);
}
