#include "orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 8 };

static unsigned int split(char *line, char *words[WORDS])
{
    unsigned int count = 0;
    char *rest = NULL;

    for (char *word = strtok_r(line, " \t\r", &rest); word; word = strtok_r(NULL, " \t\r", &rest)) {
        if (count == WORDS)
            return WORDS + 1;
        words[count++] = word;
    }
    return count;
}

static bool number(const char *text, int base, uint32_t max, uint32_t *value)
{
    char *end;
    const unsigned long long read = strtoull(text, &end, base);

    if (*text == '\0' || *text == '-' || *end != '\0' || read > max)
        return false;
    *value = (uint32_t)read;
    return true;
}

static const struct {
    const char *word;
    uint32_t lack;
} lacks[] = {
    {"pr", UNIT_LACKS_PERSISTENT},
    {"legacy6", UNIT_LACKS_LEGACY_6},
    {"legacy", UNIT_LACKS_LEGACY_6 | UNIT_LACKS_LEGACY_10},
    {"reset", UNIT_LACKS_RESET},
    {"device", UNIT_LACKS_DEVICE},
    {"privilege", UNIT_LACKS_PRIVILEGE},
};

static bool read_lack(struct unit *unit, char *words[WORDS], unsigned int count)
{
    if (count == 2 && strcmp(words[0], "room") == 0)
        return number(words[1], 10, UINT32_MAX, &unit->room);
    for (size_t i = 0; count == 1 && i < sizeof(lacks) / sizeof(lacks[0]); i++) {
        if (strcmp(words[0], lacks[i].word) != 0)
            continue;
        unit->lacks |= lacks[i].lack;
        return true;
    }
    return false;
}

static int32_t nexus_of(const char *word)
{
    if (strcmp(word, "node1") == 0)
        return 0;
    return strcmp(word, "node2") == 0 ? 1 : UNIT_ANY;
}

static struct unit_order *free_order(struct unit *unit)
{
    for (unsigned int i = 0; i < UNIT_ORDERS; i++)
        if (unit->orders[i].count == 0)
            return &unit->orders[i];
    return NULL;
}

static bool read_order(struct unit *unit, char *words[WORDS], unsigned int count)
{
    struct unit_order *order = free_order(unit);
    const int32_t nexus = nexus_of(words[0]);
    const unsigned int first = nexus == UNIT_ANY ? 0 : 1;
    uint32_t opcode = 0, times, values[5] = {0}; /* STATUS KEY ASC ASCQ HOST */

    if (!order || count < first + 3 || count > WORDS)
        return false;
    if (strcmp(words[first], "*") != 0 && !number(words[first], 16, 0xff, &opcode))
        return false;
    if (!number(words[first + 1], 10, UINT32_MAX, &times))
        return false;
    for (unsigned int i = first + 2; i < count; i++)
        if (i - first - 2 >= 5 || !number(words[i], 16, 0xff, &values[i - first - 2]))
            return false;
    *order = (struct unit_order){
        .nexus = nexus,
        .opcode = strcmp(words[first], "*") == 0 ? UNIT_ANY : (int32_t)opcode,
        .count = times,
        .status = (uint8_t)values[0],
        .host_status = (uint8_t)values[4],
        .sense = {(uint8_t)values[1], (uint8_t)values[2], (uint8_t)values[3]},
    };
    return true;
}

static unsigned int read_lines(struct unit *unit, char *text,
                               bool (*read)(struct unit *unit, char *words[WORDS],
                                            unsigned int count))
{
    unsigned int wrong = 0;
    char *rest = NULL;

    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *words[WORDS];
        const unsigned int count = split(line, words);

        if (count > 0 && !read(unit, words, count))
            wrong++;
    }
    return wrong;
}

unsigned int orders_lacks(struct unit *unit, char *text)
{
    unit->lacks = 0;
    unit->room = UNIT_NEXUSES;
    return read_lines(unit, text, read_lack);
}

unsigned int orders_inject(struct unit *unit, char *text)
{
    memset(unit->orders, 0, sizeof(unit->orders));
    return read_lines(unit, text, read_order);
}
