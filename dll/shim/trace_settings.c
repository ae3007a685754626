#include "trace_settings.h"

#include <stdio.h>
#include <string.h>

enum { FILES_MAX = 99, SIZE_LEAST = 4096 };

const struct trace_settings trace_settings_default = {
    .level = TRACE_REQUEST,
    .size = 16 << 20,
    .files = 4,
};

static const char *const levels[] = {
    [TRACE_OFF] = "off",         [TRACE_ERROR] = "error", [TRACE_REQUEST] = "request",
    [TRACE_COMMAND] = "command", [TRACE_DEBUG] = "debug",
};

const char *trace_level_name(enum trace_level level)
{
    return levels[level];
}

static bool copy(char *to, size_t size, const char *text)
{
    if (strlen(text) >= size)
        return false;
    memcpy(to, text, strlen(text) + 1);
    return true;
}

static bool take_target(struct trace_settings *settings, const char *text)
{
    char expanded[TRACE_TARGET_MAX];

    if (strcmp(text, "off") == 0)
        text = "";
    return trace_expand(text, UINT32_MAX, "", expanded) &&
           copy(settings->target, sizeof(settings->target), text);
}

static bool take_level(struct trace_settings *settings, const char *text)
{
    for (int level = TRACE_ERROR; level <= TRACE_DEBUG; level++) {
        if (strcmp(text, levels[level]) == 0) {
            settings->level = (enum trace_level)level;
            return true;
        }
    }
    return false;
}

static bool take_keys(struct trace_settings *settings, const char *text)
{
    settings->hides_keys = strcmp(text, "shown") != 0; /* what is not understood hides */
    return !settings->hides_keys || strcmp(text, "hidden") == 0;
}

/* Digits that fill the text but for its last character, which is returned. -1: none or too many. */
static int take_number(const char *text, uint64_t *number)
{
    const size_t digits = strspn(text, "0123456789");

    *number = 0;
    if (digits < 1 || digits > 9 || (text[digits] && text[digits + 1]))
        return -1;
    for (size_t i = 0; i < digits; i++)
        *number = *number * 10 + (uint64_t)(text[i] - '0');
    return (unsigned char)text[digits];
}

static bool take_size(struct trace_settings *settings, const char *text)
{
    static const char units[] = "KMG";
    uint64_t size;
    const int unit = take_number(text, &size);
    const char *known = unit > 0 ? strchr(units, unit) : NULL;

    if (unit < 0 || (unit > 0 && !known))
        return false;
    if (known)
        size <<= 10 * (known - units + 1);
    if (size && size < SIZE_LEAST)
        return false;
    settings->size = size;
    return true;
}

static bool take_files(struct trace_settings *settings, const char *text)
{
    uint64_t files;

    if (take_number(text, &files) != 0 || files < 1 || files > FILES_MAX)
        return false;
    settings->files = (uint32_t)files;
    return true;
}

static bool take_salt(struct trace_settings *settings, const char *text)
{
    return copy(settings->salt, sizeof(settings->salt), text);
}

const struct trace_setting trace_setting_table[] = {
    {"HOLDFAST_TRACE", "File",
     "stderr, off, or a file; in its name %p is the process id, %n the program", take_target},
    {"HOLDFAST_TRACE_LEVEL", "Level", "error, request, command or debug", take_level},
    {"HOLDFAST_TRACE_KEYS", "Keys", "shown or hidden", take_keys},
    {"HOLDFAST_TRACE_SIZE", "Size", "0 (never rotate) or a size of 4K or more, as in 16M",
     take_size},
    {"HOLDFAST_TRACE_FILES", "Files", "1 to 99 rotated files to keep", take_files},
    {"HOLDFAST_TRACE_SALT", "Salt", "at most 63 bytes", take_salt},
    {NULL, NULL, NULL, NULL},
};

static bool add(char result[TRACE_TARGET_MAX], const char *text)
{
    const size_t length = strlen(result);

    return copy(result + length, TRACE_TARGET_MAX - length, text);
}

bool trace_expand(const char *target, uint32_t pid, const char *program,
                  char result[TRACE_TARGET_MAX])
{
    result[0] = 0;
    for (; *target; target++) {
        char piece[12] = {target[0]};
        const char *text = piece;

        if (target[0] == '%') {
            target++;
            if (*target == 'p')
                snprintf(piece, sizeof(piece), "%u", (unsigned)pid);
            else if (*target == 'n')
                text = program;
            else if (*target != '%')
                return false;
        }
        if (!add(result, text))
            return false;
    }
    return true;
}

static uint64_t rotate_left(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

/* SipHash, Aumasson and Bernstein 2012, of `rounds` SipRounds. */
static void sip_rounds(uint64_t v[4], int rounds)
{
    while (rounds--) {
        v[0] += v[1];
        v[1] = rotate_left(v[1], 13) ^ v[0];
        v[0] = rotate_left(v[0], 32);
        v[2] += v[3];
        v[3] = rotate_left(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = rotate_left(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = rotate_left(v[1], 17) ^ v[2];
        v[2] = rotate_left(v[2], 32);
    }
}

static uint64_t little_endian(const uint8_t *bytes, size_t length)
{
    uint64_t value = 0;

    for (size_t i = 0; i < length; i++)
        value |= (uint64_t)bytes[i] << 8 * i;
    return value;
}

/* SipHash-2-4 of `bytes` under the 128-bit key {0, 0}: the salt is the message's first part. */
static uint64_t sip_hash(const uint8_t *bytes, size_t length)
{
    uint64_t v[4] = {0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261,
                     0x7465646279746573};
    const size_t whole = length / 8;

    for (size_t i = 0; i <= whole; i++) {
        const uint64_t word =
            i < whole ? little_endian(bytes + 8 * i, 8)
                      : little_endian(bytes + 8 * i, length % 8) | (uint64_t)length << 56;
        v[3] ^= word;
        sip_rounds(v, 2);
        v[0] ^= word;
    }
    v[2] ^= 0xff;
    sip_rounds(v, 4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void trace_mark(const uint8_t key[8], const char *salt, char mark[TRACE_MARK_MAX])
{
    uint8_t message[TRACE_SALT_MAX + 8];
    const char *salt_end = memchr(salt, 0, TRACE_SALT_MAX);
    const size_t salt_length = salt_end ? (size_t)(salt_end - salt) : TRACE_SALT_MAX;

    memcpy(message, salt, salt_length);
    memcpy(message + salt_length, key, 8);
    if (little_endian(key, 8) == 0)
        snprintf(mark, TRACE_MARK_MAX, "0000000000000000");
    else
        snprintf(mark, TRACE_MARK_MAX, "#%06x",
                 (unsigned)(sip_hash(message, salt_length + 8) & 0xffffff));
}
