#include "tally.h"

#include <stdlib.h>
#include <string.h>

static bool make_room(struct tally *tally)
{
    const size_t room = tally->room ? 2 * tally->room : 64;
    struct tally_row *rows;

    if (tally->count < tally->room)
        return true;
    rows = realloc(tally->rows, room * sizeof(*rows));
    if (!rows)
        return false;
    tally->rows = rows;
    tally->room = room;
    return true;
}

void tally_add(struct tally *tally, const char *first, const char *second, const char *third,
               const char *example)
{
    if (!make_room(tally)) {
        tally->incomplete = true;
        return;
    }
    tally->rows[tally->count] =
        (struct tally_row){{first, second, third}, example, 1, tally->count};
    tally->count++;
}

static int compare_texts(const struct tally_row *a, const struct tally_row *b)
{
    int order = 0;

    for (int i = 0; i < TALLY_TEXTS && !order; i++)
        order = strcmp(a->texts[i], b->texts[i]);
    return order;
}

static int compare_order(const struct tally_row *a, const struct tally_row *b)
{
    return a->order < b->order ? -1 : a->order > b->order;
}

static int by_text(const void *first, const void *second)
{
    const int order = compare_texts(first, second);

    return order ? order : compare_order(first, second);
}

static int by_count(const void *first, const void *second)
{
    const struct tally_row *a = first, *b = second;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return compare_order(a, b);
}

void tally_finish(struct tally *tally)
{
    size_t kept = 0;

    if (!tally->count)
        return;
    qsort(tally->rows, tally->count, sizeof(*tally->rows), by_text);
    for (size_t i = 1; i < tally->count; i++) {
        if (!compare_texts(&tally->rows[kept], &tally->rows[i]))
            tally->rows[kept].count += tally->rows[i].count;
        else
            tally->rows[++kept] = tally->rows[i];
    }
    tally->count = kept + 1;
    qsort(tally->rows, tally->count, sizeof(*tally->rows), by_count);
}

void tally_free(struct tally *tally)
{
    free(tally->rows);
    memset(tally, 0, sizeof(*tally));
}
