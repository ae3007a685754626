#include "values.h"

#include <stddef.h>
#include <string.h>

const struct reservation_type reservation_types[] = {
    {1, true, "write-exclusive", "we"},
    {3, true, "exclusive-access", "ea"},
    {5, true, "write-exclusive-registrants", "we-ro"},
    {6, true, "exclusive-access-registrants", "ea-ro"},
    {7, false, "write-exclusive-all-registrants", "we-ar"},
    {8, false, "exclusive-access-all-registrants", "ea-ar"},
    {0, false, NULL, NULL},
};

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool key_parse(const char *text, uint64_t *key)
{
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        text += 2;
    size_t length = strlen(text);
    if (length < 1 || length > 16)
        return false;
    uint64_t value = 0;
    for (; *text; text++) {
        int digit = digit_value(*text);
        if (digit < 0)
            return false;
        value = value << 4 | (uint64_t)digit;
    }
    *key = value;
    return true;
}

uint32_t read_big_endian_32(const uint8_t bytes[4])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

uint64_t key_from_bytes(const uint8_t bytes[8])
{
    return (uint64_t)read_big_endian_32(bytes) << 32 | read_big_endian_32(bytes + 4);
}

void key_to_bytes(uint64_t key, uint8_t bytes[8])
{
    for (int i = 7; i >= 0; i--, key >>= 8)
        bytes[i] = (uint8_t)key;
}

const struct reservation_type *type_parse(const char *text)
{
    for (const struct reservation_type *type = reservation_types; type->number; type++) {
        const char number[] = {(char)('0' + type->number), 0};
        if (!strcmp(text, type->name) || !strcmp(text, type->short_name) || !strcmp(text, number))
            return type;
    }
    return NULL;
}

const struct reservation_type *type_from_number(uint8_t number)
{
    for (const struct reservation_type *type = reservation_types; type->number; type++)
        if (type->number == number)
            return type;
    return NULL;
}

const char *scope_name(uint8_t scope)
{
    switch (scope) {
    case 0:
        return "logical-unit";
    case 2:
        return "element";
    default:
        return NULL;
    }
}
