#include "json_reader.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_VALUES = 256 };

struct json_chunk {
    struct json_chunk *next;
    struct json values[CHUNK_VALUES];
};

struct parser {
    struct json_document *document;
    char *at, *end; /* *end is NUL */
    char *line_start;
    struct json_problem *problem;
    /* The lists and objects that are open, each with its last value so far. */
    struct {
        struct json *container, *last;
    } open[JSON_DEPTH_MAX];
    unsigned depth;
};

static bool fail(struct parser *parser, const char *text)
{
    parser->problem->column = (size_t)(parser->at - parser->line_start) + 1;
    snprintf(parser->problem->text, sizeof(parser->problem->text), "%s", text);
    return false;
}

static void skip_blanks(struct parser *parser)
{
    for (;; parser->at++) {
        if (*parser->at == '\n') {
            parser->problem->line++;
            parser->line_start = parser->at + 1;
        } else if (*parser->at != ' ' && *parser->at != '\t' && *parser->at != '\r') {
            return;
        }
    }
}

static bool expect_character(struct parser *parser, char character)
{
    skip_blanks(parser);
    if (*parser->at != character) {
        char text[] = "there is no '?' where one has to be";

        *strchr(text, '?') = character;
        return fail(parser, text);
    }
    parser->at++;
    return true;
}

/* ---- Strings. They are decoded where they are: no escape is shorter than its character. ---- */

static bool read_hex(struct parser *parser, uint32_t *unit)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";

    *unit = 0;
    for (int i = 0; i < 4; i++, parser->at++) {
        const char *digit = *parser->at ? strchr(digits, *parser->at) : NULL;

        if (!digit)
            return fail(parser, "\\u is not followed by four hexadecimal digits");
        *unit = *unit << 4 | ((uint32_t)(digit - digits) & 15);
    }
    return true;
}

/* Behind "\u"; with the second half of a surrogate pair, where it follows. */
static bool read_unicode_escape(struct parser *parser, char **to)
{
    uint32_t unit, second = 0;

    if (!read_hex(parser, &unit))
        return false;
    if (unit >> 10 == 0xd800 >> 10 && parser->at[0] == '\\' && parser->at[1] == 'u') {
        char *const before = parser->at;

        parser->at += 2;
        if (!read_hex(parser, &second))
            return false;
        if (second >> 10 == 0xdc00 >> 10)
            unit = 0x10000 + ((unit & 0x3ff) << 10 | (second & 0x3ff));
        else
            parser->at = before;
    }
    *to += utf8_put(unit ? unit : UTF8_REPLACEMENT, *to);
    return true;
}

static bool read_escape(struct parser *parser, char **to)
{
    static const char names[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    const char *name = *parser->at ? strchr(names, *parser->at) : NULL;

    if (*parser->at == 'u') {
        parser->at++;
        return read_unicode_escape(parser, to);
    }
    if (!name)
        return fail(parser, "there is no such escape");
    *(*to)++ = characters[name - names];
    parser->at++;
    return true;
}

/* At the opening quote. */
static bool read_string(struct parser *parser, const char **text)
{
    char *to = ++parser->at;

    *text = to;
    while (*parser->at != '"') {
        if (parser->at == parser->end)
            return fail(parser, "the file ends inside a string");
        if ((unsigned char)*parser->at < 0x20)
            return fail(parser, "a control character in a string has to be escaped");
        if (*parser->at != '\\') {
            *to++ = *parser->at++;
            continue;
        }
        parser->at++;
        if (!read_escape(parser, &to))
            return false;
    }
    parser->at++;
    *to = '\0';
    return true;
}

/* ---- Values ---- */

static bool read_digits(struct parser *parser, uint64_t *number)
{
    const char *const start = parser->at;

    for (; *parser->at >= '0' && *parser->at <= '9'; parser->at++) {
        const uint64_t digit = (uint64_t)(*parser->at - '0');

        *number = *number > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *number * 10 + digit;
    }
    return parser->at != start || fail(parser, "a number lacks a digit here");
}

static bool read_number(struct parser *parser, struct json *value)
{
    bool whole = *parser->at != '-';
    uint64_t ignored = 0;

    value->type = JSON_NUMBER;
    parser->at += !whole;
    if (parser->at[0] == '0' && parser->at[1] >= '0' && parser->at[1] <= '9')
        return fail(parser, "a number begins with 0");
    if (!read_digits(parser, &value->number))
        return false;
    if (*parser->at == '.') {
        whole = false;
        parser->at++;
        if (!read_digits(parser, &ignored))
            return false;
    }
    if (*parser->at == 'e' || *parser->at == 'E') {
        whole = false;
        parser->at++;
        parser->at += *parser->at == '+' || *parser->at == '-';
        if (!read_digits(parser, &ignored))
            return false;
    }
    if (!whole)
        value->number = UINT64_MAX;
    return true;
}

static bool read_word(struct parser *parser, struct json *value)
{
    static const struct {
        const char *word;
        enum json_type type;
    } words[] = {{"null", JSON_NULL}, {"false", JSON_FALSE}, {"true", JSON_TRUE}};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const size_t length = strlen(words[i].word);

        if (strncmp(parser->at, words[i].word, length) != 0)
            continue;
        parser->at += length;
        value->type = words[i].type;
        return true;
    }
    return fail(parser, parser->at == parser->end ? "the file ends where a value has to be"
                                                  : "this is no JSON value");
}

static struct json *new_value(struct parser *parser)
{
    struct json_document *document = parser->document;
    const size_t used = document->values % CHUNK_VALUES;

    if (document->values == JSON_VALUES_MAX) {
        fail(parser, "there are too many values for a report");
        return NULL;
    }
    if (!used) {
        struct json_chunk *chunk = calloc(1, sizeof(*chunk));

        if (!chunk) {
            fail(parser, "there is no memory for what follows");
            return NULL;
        }
        chunk->next = document->chunks;
        document->chunks = chunk;
    }
    document->values++;
    return &document->chunks->values[used];
}

static void append(struct parser *parser, struct json *value)
{
    if (!parser->depth)
        parser->document->root = value;
    else if (parser->open[parser->depth - 1].last)
        parser->open[parser->depth - 1].last->next = value;
    else
        parser->open[parser->depth - 1].container->first = value;
    if (parser->depth)
        parser->open[parser->depth - 1].last = value;
}

static bool is_in_object(const struct parser *parser)
{
    return parser->depth && parser->open[parser->depth - 1].container->type == JSON_OBJECT;
}

static bool read_name(struct parser *parser, struct json *value)
{
    skip_blanks(parser);
    if (*parser->at != '"')
        return fail(parser, "there is no member's name in quotes where one has to be");
    return read_string(parser, &value->name) && expect_character(parser, ':');
}

static bool open_container(struct parser *parser, struct json *value)
{
    value->type = *parser->at == '[' ? JSON_LIST : JSON_OBJECT;
    if (parser->depth == JSON_DEPTH_MAX)
        return fail(parser, "lists and objects are nested too deeply");
    parser->at++;
    parser->open[parser->depth].container = value;
    parser->open[parser->depth].last = NULL;
    parser->depth++;
    return true;
}

/* One value; of a list or an object only its beginning. */
static bool read_value(struct parser *parser)
{
    struct json *value = new_value(parser);

    if (!value || (is_in_object(parser) && !read_name(parser, value)))
        return false;
    append(parser, value);
    skip_blanks(parser);
    switch (*parser->at) {
    case '[':
    case '{':
        return open_container(parser, value);
    case '"':
        value->type = JSON_TEXT;
        return read_string(parser, &value->text);
    default:
        break;
    }
    if (*parser->at == '-' || (*parser->at >= '0' && *parser->at <= '9'))
        return read_number(parser, value);
    return read_word(parser, value);
}

/* Whether the innermost list or object ends here; then it is closed. */
static bool closes(struct parser *parser)
{
    skip_blanks(parser);
    if (*parser->at != (is_in_object(parser) ? '}' : ']'))
        return false;
    parser->at++;
    parser->depth--;
    return true;
}

static bool read_document(struct parser *parser)
{
    do {
        const unsigned depth = parser->depth;

        if (!read_value(parser))
            return false;
        /* Behind an opening bracket there may be nothing at all, behind a value a comma. */
        if (parser->depth > depth && !closes(parser))
            continue;
        while (parser->depth && closes(parser))
            ;
        if (parser->depth && !expect_character(parser, ','))
            return false;
    } while (parser->depth);
    skip_blanks(parser);
    return parser->at == parser->end || fail(parser, "there is more behind the end of the JSON");
}

bool json_parse(struct json_document *document, char *bytes, size_t length,
                struct json_problem *problem)
{
    struct parser parser = {.document = document, .problem = problem};

    document->bytes = bytes;
    problem->line = 1;
    parser.at = parser.line_start = bytes;
    parser.end = bytes + length;
    /* Editors on Windows put it there. */
    if (!strncmp(bytes, "\xef\xbb\xbf", 3))
        parser.at = parser.line_start = bytes + 3;
    return read_document(&parser);
}

void json_free(struct json_document *document)
{
    struct json_chunk *next;

    for (struct json_chunk *chunk = document->chunks; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(document->bytes);
    memset(document, 0, sizeof(*document));
}
