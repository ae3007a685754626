/* UTF-8, as far as reports need it. Texts may be cut off in the middle of a character, or hostile.
 */
#ifndef CONFORMANCE_UTF8_H
#define CONFORMANCE_UTF8_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What stands for bytes that are no character: REPLACEMENT CHARACTER. */
enum { UTF8_REPLACEMENT = 0xfffd, UTF8_MAX = 4 };

/* The character that `text` begins with, and its bytes. A byte that begins none is one
 * UTF8_REPLACEMENT. Not for an empty text. */
uint32_t utf8_next(const char *text, unsigned *length);

/* Writes `character` without a NUL behind it; returns the bytes. Surrogates and what is beyond
 * 10ffffh are written as UTF8_REPLACEMENT. */
unsigned utf8_put(uint32_t character, char bytes[UTF8_MAX]);

/* utf8_put to a stream. */
void utf8_write(uint32_t character, FILE *stream);

/* C0, DEL, C1: what can steer a terminal, or is no character in XML. */
bool utf8_is_control(uint32_t character);

#endif
