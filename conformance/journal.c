#include "journal.h"

#include "compiler.h"
#include "keys.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_LINE "holdfast-conformance-journal 1"

enum { NAME_MAX_LENGTH = 16, HASH_DIGITS = 16, LINE_END = '\n' };

/* FNV-1a, 64 bits: against accidents. Whoever can write the journal can write the disk. */
static uint64_t checksum(const char *text, size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* ---- Printing ---- */

struct printer {
    char *text;
    size_t size, length;
    bool failed;
};

static void print(struct printer *printer, const char *format, ...) PRINTF_FORMAT(2, 3);

static void print(struct printer *printer, const char *format, ...)
{
    const size_t room = printer->size - printer->length;
    va_list arguments;
    int length;

    if (printer->failed)
        return;
    va_start(arguments, format);
    length = vsnprintf(printer->text + printer->length, room, format, arguments);
    va_end(arguments);
    printer->failed = length < 0 || (size_t)length >= room;
    printer->length += printer->failed ? 0 : (size_t)length;
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return true;
}

static void print_text(struct printer *printer, const char *name, const char *text)
{
    if (!is_plain(text))
        printer->failed = true;
    if (*text)
        print(printer, "%s %s\n", name, text);
}

static void print_block(struct printer *printer, const uint8_t *bytes, uint32_t size)
{
    print(printer, "block ");
    for (uint32_t i = 0; i < size; i++)
        print(printer, "%02x", bytes[i]);
    print(printer, "\n");
}

size_t journal_print(const struct journal *journal, char *text, size_t size)
{
    struct printer printer = {text, size, 0, size == 0};
    const uint32_t block_size = journal->identity.block_size;

    print(&printer, FIRST_LINE "\n");
    print_text(&printer, "disk", journal->disk);
    print_text(&printer, "other", journal->other);
    print_text(&printer, "peer", journal->peer);
    print_text(&printer, "serial", journal->identity.serial);
    print_text(&printer, "designator", journal->identity.designator);
    print(&printer, "block_size %" PRIu32 "\nblocks %" PRIu64 "\nkeys %016" PRIx64 "\n", block_size,
          journal->identity.blocks, journal->key_base);
    print(&printer, "reservations %s\n", journal->reservations ? "yes" : "no");
    if (journal->data && block_size > SCSI_DATA_MAX)
        return 0;
    if (journal->data)
        print(&printer, "work_block %" PRIu32 "\n", journal->work_block);
    for (int i = 0; journal->data && i < WORK_BLOCKS; i++)
        print_block(&printer, journal->blocks[i], block_size);
    print(&printer, "end %016" PRIx64 "\n", checksum(text, printer.length));
    return printer.failed ? 0 : printer.length;
}

/* ---- Parsing ---- */

struct parser {
    const char *text, *next, *end;
    unsigned line;
    unsigned blocks; /* taken */
    uint32_t seen;   /* fields, a bit each */
    struct journal *journal;
    char *problem;
};

static bool complain(const struct parser *parser, const char *words)
{
    snprintf(parser->problem, JOURNAL_PROBLEM_MAX, "line %u: %s", parser->line, words);
    return false;
}

static bool take_text(char *place, size_t size, const char *value, size_t length)
{
    if (!length || length >= size)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)value[i] < ' ' || value[i] == 0x7f)
            return false;
    memcpy(place, value, length);
    place[length] = 0;
    return true;
}

static bool take_number(uint64_t *number, const char *value, size_t length, uint64_t most)
{
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned digit = (unsigned)(value[i] - '0');
        if (digit > 9 || *number > (most - digit) / 10)
            return false;
        *number = *number * 10 + digit;
    }
    return length > 0;
}

/* Lower case, as it is printed; 16 for anything else. */
static unsigned hexadecimal(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

static bool take_hexadecimal(uint64_t *number, const char *value, size_t length)
{
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        if (hexadecimal(value[i]) > 15)
            return false;
        *number = *number << 4 | hexadecimal(value[i]);
    }
    return length == HASH_DIGITS;
}

static bool take_disk(struct parser *parser, const char *value, size_t length)
{
    return take_text(parser->journal->disk, sizeof(parser->journal->disk), value, length);
}

static bool take_other(struct parser *parser, const char *value, size_t length)
{
    return take_text(parser->journal->other, sizeof(parser->journal->other), value, length);
}

static bool take_peer(struct parser *parser, const char *value, size_t length)
{
    return take_text(parser->journal->peer, sizeof(parser->journal->peer), value, length);
}

static bool take_serial(struct parser *parser, const char *value, size_t length)
{
    struct disk_identity *identity = &parser->journal->identity;

    return take_text(identity->serial, sizeof(identity->serial), value, length);
}

static bool take_designator(struct parser *parser, const char *value, size_t length)
{
    struct disk_identity *identity = &parser->journal->identity;

    for (size_t i = 0; i < length; i++)
        if (hexadecimal(value[i]) > 15)
            return false;
    return take_text(identity->designator, sizeof(identity->designator), value, length);
}

static bool take_block_size(struct parser *parser, const char *value, size_t length)
{
    uint64_t number;
    const bool taken = take_number(&number, value, length, UINT32_MAX);

    parser->journal->identity.block_size = (uint32_t)number;
    return taken;
}

static bool take_blocks(struct parser *parser, const char *value, size_t length)
{
    return take_number(&parser->journal->identity.blocks, value, length, UINT64_MAX);
}

static bool take_keys(struct parser *parser, const char *value, size_t length)
{
    return take_hexadecimal(&parser->journal->key_base, value, length) &&
           key_base_is_valid(parser->journal->key_base);
}

static bool take_reservations(struct parser *parser, const char *value, size_t length)
{
    parser->journal->reservations = length == 3 && !memcmp(value, "yes", 3);
    return parser->journal->reservations || (length == 2 && !memcmp(value, "no", 2));
}

static bool take_work_block(struct parser *parser, const char *value, size_t length)
{
    uint64_t number;
    const bool taken = take_number(&number, value, length, UINT32_MAX);

    parser->journal->data = true;
    parser->journal->work_block = (uint32_t)number;
    return taken;
}

static bool take_block(struct parser *parser, const char *value, size_t length)
{
    const uint32_t size = parser->journal->identity.block_size;
    uint8_t *bytes;

    if (parser->blocks == WORK_BLOCKS || !size || size > SCSI_DATA_MAX ||
        length != (size_t)size * 2)
        return false;
    bytes = parser->journal->blocks[parser->blocks++];
    for (size_t i = 0; i < length; i += 2) {
        const unsigned high = hexadecimal(value[i]), low = hexadecimal(value[i + 1]);
        if (high > 15 || low > 15)
            return false;
        bytes[i / 2] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* In their order, which is that of the file. */
enum field {
    DISK,
    OTHER,
    PEER,
    SERIAL,
    DESIGNATOR,
    BLOCK_SIZE,
    BLOCKS,
    KEYS,
    RESERVATIONS,
    WORK,
    BLOCK,
    FIELDS
};

static const struct {
    const char *name;
    bool needed;
    bool (*take)(struct parser *parser, const char *value, size_t length);
} fields[FIELDS] = {
    [DISK] = {"disk", true, take_disk},
    [OTHER] = {"other", false, take_other},
    [PEER] = {"peer", false, take_peer},
    [SERIAL] = {"serial", false, take_serial},
    [DESIGNATOR] = {"designator", false, take_designator},
    [BLOCK_SIZE] = {"block_size", true, take_block_size},
    [BLOCKS] = {"blocks", true, take_blocks},
    [KEYS] = {"keys", true, take_keys},
    [RESERVATIONS] = {"reservations", true, take_reservations},
    [WORK] = {"work_block", false, take_work_block},
    [BLOCK] = {"block", false, take_block},
};

/* The next line without its end; false at the end of the text, or for one that has no end. */
static bool next_line(struct parser *parser, const char **line, size_t *length)
{
    const size_t rest = (size_t)(parser->end - parser->next);
    const char *stop = rest ? memchr(parser->next, LINE_END, rest) : NULL;

    parser->line++;
    if (!stop)
        return false;
    *line = parser->next;
    *length = (size_t)(stop - parser->next);
    if (*length && stop[-1] == '\r')
        --*length;
    parser->next = stop + 1;
    return true;
}

static bool take_line(struct parser *parser, const char *line, size_t length)
{
    const char *space = memchr(line, ' ', length);
    const size_t name = space ? (size_t)(space - line) : length;

    for (unsigned i = 0; i < FIELDS; i++) {
        if (strlen(fields[i].name) != name || memcmp(fields[i].name, line, name) != 0)
            continue;
        if (!space || (i != BLOCK && parser->seen >> i) || parser->seen >> (i + 1))
            return complain(parser, "it is not in its place");
        parser->seen |= UINT32_C(1) << i;
        return fields[i].take(parser, space + 1, length - name - 1) ||
               complain(parser, "its value is not one");
    }
    return complain(parser, "no such line belongs there");
}

static bool check_whole(const struct parser *parser)
{
    const struct journal *journal = parser->journal;

    for (unsigned i = 0; i < FIELDS; i++)
        if (fields[i].needed && !(parser->seen >> i & 1))
            return complain(parser, "lines are missing before it");
    if (!journal->identity.serial[0] && !journal->identity.designator[0])
        return complain(parser, "nothing says which disk it is about");
    if (journal->other[0] && journal->peer[0])
        return complain(parser, "there are two second nodes");
    if (parser->blocks != (journal->data ? WORK_BLOCKS : 0))
        return complain(parser, "not all of the saved blocks are there");
    if (journal->data && (journal->identity.blocks < WORK_BLOCKS ||
                          journal->work_block > journal->identity.blocks - WORK_BLOCKS))
        return complain(parser, "the saved blocks are not on the disk");
    return true;
}

static bool is_end(const struct parser *parser, const char *line, size_t length)
{
    static const char word[] = "end ";
    const size_t skip = sizeof(word) - 1;
    uint64_t sum;

    return length > skip && memcmp(line, word, skip) == 0 &&
           take_hexadecimal(&sum, line + skip, length - skip) &&
           sum == checksum(parser->text, (size_t)(line - parser->text));
}

bool journal_parse(struct journal *journal, const char *text, size_t length,
                   char problem[JOURNAL_PROBLEM_MAX])
{
    struct parser parser = {text, text, text + length, 0, 0, 0, journal, problem};
    const char *line;
    size_t line_length;

    memset(journal, 0, sizeof(*journal));
    problem[0] = 0;
    if (length > JOURNAL_TEXT_MAX)
        return complain(&parser, "it is longer than any journal");
    if (!next_line(&parser, &line, &line_length) || line_length != sizeof(FIRST_LINE) - 1 ||
        memcmp(line, FIRST_LINE, line_length) != 0)
        return complain(&parser, "this is no journal of this program's version");
    while (next_line(&parser, &line, &line_length)) {
        if (line_length > 4 && memcmp(line, "end ", 4) == 0) {
            if (!is_end(&parser, line, line_length))
                return complain(&parser, "the checksum is wrong: something was changed in it");
            if (parser.next != parser.end)
                return complain(&parser, "something stands behind the end");
            return check_whole(&parser);
        }
        if (!take_line(&parser, line, line_length))
            return false;
    }
    return complain(&parser, "it has no end: the run was ended before it changed anything");
}
