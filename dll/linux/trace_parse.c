#include "trace_parse.h"

#include <stdint.h>
#include <string.h>

static const char time_pattern[] = "dddd-dd-ddTdd:dd:dd.ddddddZ";

/* Bytes of the UTF-8 character that starts here, RFC 3629; 0: none does. */
static size_t utf8_length(const unsigned char *bytes, size_t left)
{
    const unsigned char first = bytes[0];
    const size_t length = first < 0x80                     ? 1
                          : first >= 0xc2 && first <= 0xdf ? 2
                          : first >= 0xe0 && first <= 0xef ? 3
                          : first >= 0xf0 && first <= 0xf4 ? 4
                                                           : 0;

    if (!length || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    if ((first == 0xe0 && bytes[1] < 0xa0) || (first == 0xed && bytes[1] > 0x9f) ||
        (first == 0xf0 && bytes[1] < 0x90) || (first == 0xf4 && bytes[1] > 0x8f))
        return 0;
    /* C1, which terminals obey. */
    return first == 0xc2 && bytes[1] < 0xa0 ? 0 : length;
}

static void make_printable(char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        const size_t step = utf8_length((const unsigned char *)text + i, length - i);

        if (!step || (step == 1 && ((unsigned char)text[i] < ' ' || text[i] == 0x7f)))
            text[i] = '?';
        i += step ? step : 1;
    }
}

static bool is_time(const char *text)
{
    for (size_t i = 0; i < sizeof(time_pattern) - 1; i++) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';

        if (time_pattern[i] == 'd' ? !is_digit : text[i] != time_pattern[i])
            return false;
    }
    return true;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

/* `name=value` or `name="value"` from `at` on, which is then behind it. */
static bool take_field(char **at, struct trace_field *field)
{
    char *name = *at, *value = name;

    while (is_name(*value))
        value++;
    if (value == name || *value != '=')
        return false;
    *value++ = 0;
    const bool quoted = *value == '"';
    char *end = value + quoted;
    while (*end && *end != (quoted ? '"' : ' '))
        end++;
    if (quoted && !*end)
        return false; /* torn */
    field->name = name;
    field->value = value + quoted;
    *at = end + (*end != 0);
    *end = 0;
    return true;
}

/* The words behind sense=, which have no name of their own. */
static bool take_words(char **at, struct trace_field *field)
{
    char *end = **at == '"' ? strchr(*at + 1, '"') : NULL;

    if (!end)
        return false;
    field->name = "sense_words";
    field->value = *at + 1;
    *end = 0;
    *at = end + 1;
    return true;
}

/* No field stands twice, nor has a name that --json gives to something else. */
static bool is_new(const struct trace_parsed *line, const char *name)
{
    static const char *const taken[] = {"file", "time", "kind", "text"};

    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        if (!strcmp(taken[i], name))
            return false;
    for (size_t i = 0; i < line->count; i++)
        if (!strcmp(line->fields[i].name, name))
            return false;
    return true;
}

static bool take_fields(char *at, struct trace_parsed *line)
{
    while (*at) {
        if (*at == ' ') {
            at++;
            continue;
        }
        if (line->count == TRACE_FIELDS_MAX)
            return false;
        if (!take_words(&at, &line->fields[line->count]) &&
            !take_field(&at, &line->fields[line->count]))
            return false;
        if (!is_new(line, line->fields[line->count].name))
            return false;
        line->count++;
    }
    return true;
}

static bool has(const struct trace_parsed *line, const char *name)
{
    return *trace_field(line, name) != 0;
}

/* Each kind ends with a field that a torn line lacks. */
static enum trace_kind kind_of(const struct trace_parsed *line)
{
    if (!has(line, "pid") || !has(line, "tid"))
        return TRACE_FOREIGN_LINE;
    if (has(line, "code") && has(line, "status") && has(line, "us"))
        return TRACE_REQUEST_LINE;
    if (has(line, "command") && has(line, "us"))
        return TRACE_COMMAND_LINE;
    return has(line, "note") ? TRACE_NOTE_LINE : TRACE_FOREIGN_LINE;
}

void trace_parse(const char *bytes, size_t length, struct trace_parsed *line)
{
    const bool fits = length < TRACE_TEXT_MAX;
    const size_t kept = fits ? length : TRACE_TEXT_MAX - 1;
    const size_t time_length = sizeof(time_pattern) - 1;

    line->kind = TRACE_FOREIGN_LINE;
    line->time = "";
    line->count = 0;
    memcpy(line->whole, bytes, kept);
    make_printable(line->whole, kept);
    line->whole[kept] = 0;
    memcpy(line->text, line->whole, kept + 1);
    if (!fits || kept <= time_length || !is_time(line->text) || line->text[time_length] != ' ')
        return;
    line->text[time_length] = 0;
    line->time = line->text;
    if (take_fields(line->text + time_length + 1, line))
        line->kind = kind_of(line);
    if (line->kind == TRACE_FOREIGN_LINE)
        line->count = 0;
}

const char *trace_field(const struct trace_parsed *line, const char *name)
{
    for (size_t i = 0; i < line->count; i++)
        if (!strcmp(line->fields[i].name, name))
            return line->fields[i].value;
    return "";
}

bool trace_is_error(const struct trace_parsed *line)
{
    const char *status = trace_field(line, "status");

    switch (line->kind) {
    case TRACE_REQUEST_LINE:
        return strcmp(status, "STATUS_SUCCESS") != 0;
    case TRACE_COMMAND_LINE:
        return has(line, "errno") || has(line, "host") || has(line, "sense") ||
               (has(line, "scsi") && strcmp(trace_field(line, "scsi"), "GOOD") != 0);
    case TRACE_NOTE_LINE:
        return !has(line, "program") && !has(line, "level");
    default:
        return true;
    }
}
