#include "unit_identity.h"

#include "host.h"

#include <stdio.h>
#include <string.h>

enum {
    PAGE_HEADER = 4,
    DESIGNATOR_HEADER = 4,
    CODE_SET_BINARY = 1,
    ASSOCIATION_UNIT = 0, /* the logical unit; others are of the port and the target device */
};

/* SPC-4 table 592, those that are the unit's own in the world, the best first. */
static const struct {
    uint8_t type;
    const char *prefix;
} designators[] = {
    {3, "naa."},
    {2, "eui."},
    {8, "name."},
    {1, "t10."},
};

static size_t rank_of(uint8_t type)
{
    size_t rank = 0;
    while (rank < sizeof(designators) / sizeof(designators[0]) && designators[rank].type != type)
        rank++;
    return rank;
}

static void write_designator(char designator[UNIT_DESIGNATOR_MAX], size_t rank,
                             const uint8_t *header)
{
    const size_t length = header[3];
    const size_t prefix = strlen(designators[rank].prefix);
    char *end = designator + prefix;
    const bool is_binary = (header[0] & 0xf) == CODE_SET_BINARY;

    memcpy(designator, designators[rank].prefix, prefix + 1);
    for (size_t i = 0; i < length && end + 3 <= designator + UNIT_DESIGNATOR_MAX; i++) {
        const uint8_t byte = header[DESIGNATOR_HEADER + i];
        if (!is_binary && !byte)
            break; /* padding of a name */
        if (is_binary)
            end += sprintf(end, "%02x", byte);
        else
            *end++ = (char)byte;
    }
    *end = 0;
    host_clean_words(designator);
}

/* Of equals the longer one: an NAA of 16 bytes says more than one of 8. */
void unit_designator_from_page(char designator[UNIT_DESIGNATOR_MAX], const uint8_t *page,
                               size_t length)
{
    size_t best = sizeof(designators) / sizeof(designators[0]), best_length = 0;

    designator[0] = 0;
    if (length < PAGE_HEADER || page[1] != 0x83)
        return;
    const size_t told = PAGE_HEADER + ((size_t)page[2] << 8) + page[3];
    const size_t end = told < length ? told : length;
    for (size_t at = PAGE_HEADER; at + DESIGNATOR_HEADER <= end;) {
        const uint8_t *header = page + at;
        const size_t next = at + DESIGNATOR_HEADER + header[3];
        const size_t rank = rank_of(header[1] & 0xf);
        if (next > end)
            break;
        if ((header[1] >> 4 & 3) == ASSOCIATION_UNIT && header[3] &&
            (rank < best || (rank == best && header[3] > best_length)) &&
            rank < sizeof(designators) / sizeof(designators[0])) {
            write_designator(designator, rank, header);
            best = rank;
            best_length = header[3];
        }
        at = next;
    }
}

void unit_serial_from_page(char serial[UNIT_SERIAL_MAX], const uint8_t *page, size_t length)
{
    serial[0] = 0;
    if (length < PAGE_HEADER || page[1] != 0x80)
        return;
    size_t told = ((size_t)page[2] << 8) + page[3];
    if (told > length - PAGE_HEADER)
        told = length - PAGE_HEADER;
    if (told >= UNIT_SERIAL_MAX)
        told = UNIT_SERIAL_MAX - 1;
    memcpy(serial, page + PAGE_HEADER, told);
    serial[told] = 0;
    host_clean_words(serial);
}

bool unit_is_same(const struct unit_identity *one, const struct unit_identity *other,
                  bool same_model)
{
    if (one->designator[0] && other->designator[0])
        return strcmp(one->designator, other->designator) == 0;
    return same_model && one->serial[0] && strcmp(one->serial, other->serial) == 0;
}
