#include "command_line.h"

#include <stdbool.h>

static bool is_blank(wchar_t c)
{
    return c == L' ' || c == L'\t';
}

static const wchar_t *skip_blanks(const wchar_t *line)
{
    while (is_blank(*line))
        line++;
    return line;
}

static void put(wchar_t **value, wchar_t c, size_t count)
{
    while (*value && count--)
        *(*value)++ = c;
}

const wchar_t *command_line_next(const wchar_t *line, const wchar_t **start, wchar_t *value)
{
    line = skip_blanks(line);
    if (!*line)
        return NULL;
    if (start)
        *start = line;

    bool quoted = false;
    while (*line && (quoted || !is_blank(*line))) {
        size_t backslashes = 0;
        for (; *line == L'\\'; line++)
            backslashes++;
        if (*line != L'"') {
            put(&value, L'\\', backslashes);
            if (*line && (quoted || !is_blank(*line)))
                put(&value, *line++, 1);
            continue;
        }
        put(&value, L'\\', backslashes / 2);
        if (backslashes % 2) {
            put(&value, L'"', 1);
        } else if (quoted && line[1] == L'"') {
            put(&value, L'"', 1);
            line++;
        } else {
            quoted = !quoted;
        }
        line++;
    }
    if (value)
        *value = 0;
    return line;
}

const wchar_t *command_line_skip_program(const wchar_t *line)
{
    bool quoted = false;
    for (; *line && (quoted || !is_blank(*line)); line++)
        if (*line == L'"')
            quoted = !quoted;
    return line;
}

const wchar_t *command_line_find(const wchar_t *line, size_t index)
{
    const wchar_t *start = NULL;
    line = command_line_skip_program(line);
    do {
        line = command_line_next(line, &start, NULL);
    } while (line && index--);
    return line ? start : NULL;
}
