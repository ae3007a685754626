/* The one-time secret as people read and type it: 128 bits as base32 (RFC 4648) in groups of four,
 * "k5qa-...". Portable. */
#ifndef CONFORMANCE_SECRET_TEXT_H
#define CONFORMANCE_SECRET_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SECRET_BYTES = 16,
    SECRET_DIGITS = 26, /* of 5 bits; the last two bits are 0 */
    SECRET_TEXT_MAX = SECRET_DIGITS + SECRET_DIGITS / 4 + 1,
};

void secret_format(const uint8_t secret[SECRET_BYTES], char text[SECRET_TEXT_MAX]);

/* Upper and lower case, with or without '-' and blanks. False for anything else. */
bool secret_parse(const char *text, uint8_t secret[SECRET_BYTES]);

/* Takes the same time wherever the difference is. */
bool secret_equal(const uint8_t *a, const uint8_t *b, size_t length);

#endif
