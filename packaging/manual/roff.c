#include "roff.h"

#include <ctype.h>
#include <string.h>

/* A dot or an apostrophe would begin a request at the start of a line, and a bare hyphen is shown
 * as another character than the one that is typed. */
static const char *escaped(char byte, bool at_start)
{
    switch (byte) {
    case '\\':
        return "\\e";
    case '-':
        return "\\-";
    case '.':
        return at_start ? "\\&." : ".";
    case '\'':
        return at_start ? "\\&\\(aq" : "\\(aq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    case '"':
        return "\\(dq";
    default:
        return NULL;
    }
}

static bool at_line_start(const struct text *text)
{
    return !text->length || text->bytes[text->length - 1] == '\n';
}

void roff_add_words(struct text *text, const char *words)
{
    for (; *words; words++) {
        const char *escape = escaped(*words, at_line_start(text));
        if (escape)
            text_add(text, "%s", escape);
        else
            text_add(text, "%c", *words);
    }
}

void roff_add_in_font(struct text *text, char font, const char *words)
{
    text_add(text, "\\f%c", font);
    roff_add_words(text, words);
    text_add(text, "\\fR");
}

void roff_add_title(struct text *text, const char *name, const char *date, const char *version)
{
    text_add(text, ".\\\" Generated from the program's own tables; do not edit.\n.TH ");
    for (; *name; name++)
        if (*name == '-')
            text_add(text, "\\-");
        else
            text_add(text, "%c", toupper((unsigned char)*name));
    text_add(text, " 1 \"%s\" \"Holdfast %s\" \"Holdfast\"\n", date, version);
    text_add(text, ".nh\n.ad l\n"); /* commands must not be broken at their hyphens */
}

void roff_add_section(struct text *text, const char *name)
{
    text_add(text, ".SH ");
    roff_add_words(text, name);
    text_add(text, "\n");
}

/* A .PP between two, none before the first: groff skips it there, mandoc complains. */
void roff_add_paragraphs(struct text *text, const char *words)
{
    for (const char *separator = ""; *words; separator = ".PP\n") {
        const size_t length = strcspn(words, "\n");
        struct text paragraph = {0};
        text_add(&paragraph, "%.*s", (int)length, words);
        if (length && !paragraph.failed) {
            text_add(text, "%s", separator);
            roff_add_words(text, paragraph.bytes);
            text_add(text, "\n");
        }
        text->failed |= paragraph.failed;
        text_free(&paragraph);
        words += length + (words[length] == '\n');
    }
}

void roff_add_entry(struct text *text, char font, const char *name, const char *value,
                    const char *meaning)
{
    text_add(text, ".TP\n");
    roff_add_in_font(text, font, name);
    if (value) {
        text_add(text, " ");
        roff_add_in_font(text, 'I', value);
    }
    text_add(text, "\n");
    roff_add_words(text, meaning);
    text_add(text, "\n");
}
