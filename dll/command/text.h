/* A growing string. What a command has to say is put together here and written in one piece, so
 * that a failure in the middle leaves no half of it behind. */
#ifndef HOLDFAST_COMMAND_TEXT_H
#define HOLDFAST_COMMAND_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as {0}. `bytes` is UTF-8, ends in a zero byte once anything was added, and is owned by the
 * structure. After `failed` (no memory) additions are ignored. */
struct text {
    char *bytes;
    size_t length; /* without the zero byte */
    size_t capacity;
    bool failed;
};

/* Of printf's formats only those that Windows' C library shares with C11: no z, no ll. */
__attribute__((format(printf, 2, 3))) void text_add(struct text *text, const char *format, ...);

/* A JSON string literal (RFC 8259 7), or null for NULL. `value` is UTF-8. */
void text_add_json(struct text *text, const char *value);

/* "0x" and sixteen digits. */
void text_add_key(struct text *text, uint64_t key);

void text_free(struct text *text);

#endif
