#include "json_writer.h"

#include "utf8.h"

#include <assert.h>

/* Those that have an escape of their own; the others are written by number. */
static const struct {
    uint32_t character;
    char escape;
} short_escapes[] = {
    {'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'},
};

static char short_escape(uint32_t character)
{
    for (unsigned i = 0; i < sizeof(short_escapes) / sizeof(short_escapes[0]); i++)
        if (short_escapes[i].character == character)
            return short_escapes[i].escape;
    return 0;
}

void json_escaped(FILE *stream, const char *text, enum json_escapes escapes)
{
    unsigned length;

    fputc('"', stream);
    for (; *text; text += length) {
        const uint32_t character = utf8_next(text, &length);
        const char escape = short_escape(character);

        if (escape)
            fprintf(stream, "\\%c", escape);
        else if (utf8_is_control(character))
            fprintf(stream, escapes == YAML_ESCAPES ? "\\x%02x" : "\\u%04x", (unsigned)character);
        else
            utf8_write(character, stream);
    }
    fputc('"', stream);
}

static void new_line(const struct json_writer *writer)
{
    fputc('\n', writer->stream);
    for (unsigned i = 0; i < writer->depth; i++)
        fputs("  ", writer->stream);
}

/* What goes before a value: the comma behind the one before it, and its name. */
static void begin_value(struct json_writer *writer, const char *name)
{
    if (writer->depth) {
        const bool filled = writer->levels[writer->depth - 1].filled;

        writer->levels[writer->depth - 1].filled = true;
        if (filled)
            fputc(',', writer->stream);
        if (!writer->levels[writer->depth - 1].one_line)
            new_line(writer);
        else if (filled)
            fputc(' ', writer->stream);
    }
    if (name) {
        json_escaped(writer->stream, name, JSON_ESCAPES);
        fputs(": ", writer->stream);
    }
}

static void begin_level(struct json_writer *writer, const char *name, bool list, bool one_line)
{
    assert(writer->depth < JSON_WRITER_DEPTH);
    begin_value(writer, name);
    fputc(list ? '[' : '{', writer->stream);
    writer->levels[writer->depth].list = list;
    writer->levels[writer->depth].one_line = one_line;
    writer->levels[writer->depth].filled = false;
    writer->depth++;
}

void json_begin_object(struct json_writer *writer, const char *name, bool one_line)
{
    begin_level(writer, name, false, one_line);
}

void json_begin_list(struct json_writer *writer, const char *name)
{
    begin_level(writer, name, true, false);
}

void json_end(struct json_writer *writer)
{
    writer->depth--;
    if (writer->levels[writer->depth].filled && !writer->levels[writer->depth].one_line)
        new_line(writer);
    fputc(writer->levels[writer->depth].list ? ']' : '}', writer->stream);
    if (!writer->depth)
        fputc('\n', writer->stream);
}

void json_text(struct json_writer *writer, const char *name, const char *text)
{
    begin_value(writer, name);
    json_escaped(writer->stream, text, JSON_ESCAPES);
}

void json_number(struct json_writer *writer, const char *name, uint32_t number)
{
    begin_value(writer, name);
    fprintf(writer->stream, "%lu", (unsigned long)number);
}
