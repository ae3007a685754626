#include "secret_text.h"

#include <string.h>

static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";

enum { DIGIT_BITS = 5, GROUP = 4 };

static unsigned bit_of(const uint8_t secret[SECRET_BYTES], unsigned bit)
{
    return bit < 8 * SECRET_BYTES ? secret[bit / 8] >> (7 - bit % 8) & 1u : 0;
}

void secret_format(const uint8_t secret[SECRET_BYTES], char text[SECRET_TEXT_MAX])
{
    for (unsigned i = 0; i < SECRET_DIGITS; i++) {
        unsigned value = 0;

        for (unsigned bit = 0; bit < DIGIT_BITS; bit++)
            value = value << 1 | bit_of(secret, i * DIGIT_BITS + bit);
        if (i && i % GROUP == 0)
            *text++ = '-';
        *text++ = digits[value];
    }
    *text = '\0';
}

/* Up to 5 bits at place `digit`; false where a bit is behind the end. */
static bool put_digit(uint8_t secret[SECRET_BYTES], unsigned digit, unsigned value)
{
    for (unsigned i = 0; i < DIGIT_BITS; i++) {
        const unsigned bit = digit * DIGIT_BITS + i;

        if (!(value >> (DIGIT_BITS - 1 - i) & 1))
            continue;
        if (bit >= 8 * SECRET_BYTES)
            return false;
        secret[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
    }
    return true;
}

bool secret_parse(const char *text, uint8_t secret[SECRET_BYTES])
{
    unsigned count = 0;

    memset(secret, 0, SECRET_BYTES);
    for (; *text; text++) {
        const char small = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
        const char *place = strchr(digits, small);

        if (*text == '-' || *text == ' ')
            continue;
        if (!place || count == SECRET_DIGITS ||
            !put_digit(secret, count++, (unsigned)(place - digits)))
            return false;
    }
    return count == SECRET_DIGITS;
}

bool secret_equal(const uint8_t *a, const uint8_t *b, size_t length)
{
    volatile uint8_t difference = 0;

    for (size_t i = 0; i < length; i++)
        difference = (uint8_t)(difference | (a[i] ^ b[i]));
    return difference == 0;
}
