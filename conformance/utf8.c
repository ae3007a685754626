#include "utf8.h"

#include <stddef.h>

/* By the first byte: the further bytes, the bits it carries, and the smallest character that needs
 * this form (RFC 3629: a longer form than needed is invalid). */
static const struct {
    uint8_t mask, lead;
    unsigned further;
    uint32_t least;
} forms[] = {
    {0x80, 0x00, 0, 0},
    {0xe0, 0xc0, 1, 0x80},
    {0xf0, 0xe0, 2, 0x800},
    {0xf8, 0xf0, 3, 0x10000},
};

enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

static bool is_character(uint32_t character)
{
    return character <= 0x10ffff && (character < 0xd800 || character > 0xdfff);
}

uint32_t utf8_next(const char *text, unsigned *length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t form = 0;
    uint32_t character;

    *length = 1;
    while (form < FORMS && (bytes[0] & forms[form].mask) != forms[form].lead)
        form++;
    if (form == FORMS)
        return UTF8_REPLACEMENT;
    character = bytes[0] & (uint8_t)~forms[form].mask;
    for (unsigned i = 1; i <= forms[form].further; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return UTF8_REPLACEMENT;
        character = character << 6 | (bytes[i] & 0x3f);
    }
    if (character < forms[form].least || !is_character(character))
        return UTF8_REPLACEMENT;
    *length = 1 + forms[form].further;
    return character;
}

unsigned utf8_put(uint32_t character, char bytes[UTF8_MAX])
{
    size_t form = FORMS - 1;

    if (!is_character(character))
        character = UTF8_REPLACEMENT;
    while (character < forms[form].least)
        form--;
    for (unsigned i = forms[form].further; i > 0; i--, character >>= 6)
        bytes[i] = (char)(0x80 | (character & 0x3f));
    bytes[0] = (char)(forms[form].lead | character);
    return 1 + forms[form].further;
}

void utf8_write(uint32_t character, FILE *stream)
{
    char bytes[UTF8_MAX] = "";
    const unsigned length = utf8_put(character, bytes);

    fwrite(bytes, 1, length, stream);
}

bool utf8_is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}
