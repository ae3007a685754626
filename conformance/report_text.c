#include "report_text.h"

#include "utf8.h"

#include <stdarg.h>
#include <string.h>

enum { COLUMNS_DEFAULT = 80, COLUMNS_LEAST = 20, COLUMNS_KEPT = 8, PARAGRAPH_MAX = 2000 };

static const char *const escapes[COLOURS] = {
    [PLAIN] = "\x1b[0m",  [BOLD] = "\x1b[1m",    [RED] = "\x1b[31m",
    [GREEN] = "\x1b[32m", [YELLOW] = "\x1b[33m", [CYAN] = "\x1b[36m",
};

void text_colour(const struct live_report *report, enum colour colour)
{
    if (report->colours)
        fputs(escapes[colour], report->stream);
}

unsigned text_columns(const struct live_report *report)
{
    unsigned width = report->width ? report->width : COLUMNS_DEFAULT;

    return (width > COLUMNS_LEAST ? width : COLUMNS_LEAST) - 1;
}

unsigned text_width(const char *text)
{
    unsigned columns = 0, length;

    for (; *text; text += length, columns++)
        utf8_next(text, &length);
    return columns;
}

void text_blanks(const struct live_report *report, unsigned count)
{
    while (count--)
        fputc(' ', report->stream);
}

/* Marks that turn the direction of writing make a line read as something else. */
static bool turns_direction(uint32_t character)
{
    return (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

static bool is_blank(uint32_t character)
{
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

static void put_character(const struct live_report *report, uint32_t character)
{
    if (is_blank(character))
        character = ' ';
    else if (utf8_is_control(character) || turns_direction(character))
        character = '?';
    utf8_write(character, report->stream);
}

unsigned text_clipped(const struct live_report *report, const char *text, unsigned columns)
{
    unsigned used = 0, length;

    for (; *text && used < columns; text += length, used++)
        put_character(report, utf8_next(text, &length));
    return used;
}

/* How many characters of the text stand on this line: up to the last blank that still fits, or all
 * that fit where there is none (`*whole_words` is false then). */
static unsigned fitting(const char *text, unsigned columns, bool *whole_words)
{
    unsigned count = 0, last_blank = 0, length;

    for (; *text && count <= columns; text += length, count++)
        if (is_blank(utf8_next(text, &length)))
            last_blank = count;
    *whole_words = count <= columns || last_blank > 0;
    if (count <= columns)
        return count;
    return last_blank ? last_blank : columns;
}

static const char *skip_blanks(const char *text)
{
    unsigned length;

    while (*text && is_blank(utf8_next(text, &length)))
        text += length;
    return text;
}

unsigned text_line(const struct live_report *report, const char **text, unsigned columns)
{
    bool whole_words;
    unsigned count, length;

    *text = skip_blanks(*text);
    count = fitting(*text, columns ? columns : 1, &whole_words);
    for (unsigned i = 0; i < count; i++, *text += length)
        put_character(report, utf8_next(*text, &length));
    *text = skip_blanks(*text);
    return count;
}

/* Columns from `at` to the end of the line; a few even where an indent leaves none. */
static unsigned columns_from(const struct live_report *report, unsigned at)
{
    const unsigned columns = text_columns(report);

    return columns > at + COLUMNS_KEPT ? columns - at : COLUMNS_KEPT;
}

void text_wrapped(const struct live_report *report, unsigned column, unsigned indent,
                  const char *text)
{
    const unsigned columns = text_columns(report);
    bool fits = column < columns;

    text = skip_blanks(text);
    if (fits)
        fitting(text, columns - column, &fits);
    /* A word that does not fit behind what stands there already has a line of its own. */
    if (fits || column <= indent)
        text_line(report, &text, fits ? columns - column : columns_from(report, column));
    while (*text) {
        fputc('\n', report->stream);
        text_blanks(report, indent);
        text_line(report, &text, columns_from(report, indent));
    }
    fputc('\n', report->stream);
}

void text_paragraph(const struct live_report *report, unsigned indent, const char *format, ...)
{
    static const char cut[] = " ...";
    char text[PARAGRAPH_MAX];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof(text))
        memcpy(text + sizeof(text) - sizeof(cut), cut, sizeof(cut));
    text_blanks(report, indent);
    text_wrapped(report, indent, indent, text);
}

void text_heading(const struct live_report *report, const char *heading)
{
    fputc('\n', report->stream);
    text_colour(report, BOLD);
    text_clipped(report, heading, text_columns(report));
    text_colour(report, PLAIN);
    fputc('\n', report->stream);
}

const char *text_cases(size_t count, char text[TEXT_COUNT_MAX])
{
    snprintf(text, TEXT_COUNT_MAX, "%u case%s", (unsigned)count, count == 1 ? "" : "s");
    return text;
}
