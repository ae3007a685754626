/* What is written to the shared disk, so that each sector says who wrote it, when, and whether it
 * is whole; and what the writers remember. Both sides of the soak share this file. */
#ifndef TESTS_FENCING_STAMP_H
#define TESTS_FENCING_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SECTOR = 512,
    SECTOR_WORDS = SECTOR / 8,
    WRITERS = 3, /* threads of each node that write; one more reads */
    NODE_COUNT = 2,
    REGIONS = NODE_COUNT * WRITERS,
    REGION_SECTORS = 512, /* writer w of node n has region n * WRITERS + w, from sector 0 on */
    DISK_SECTORS = REGIONS * REGION_SECTORS,
    WRITE_SECTORS_MAX = 128,
    TURN_FIRST = 8192, /* from here on the coherence test plays */
    TURN_SECTORS_MAX = 256,
};

struct stamp {
    uint64_t checksum; /* of all that follows, to the sector's end */
    uint64_t sequence; /* of this region's writes, from 1 on; never 0 */
    uint64_t key;      /* under which its node was registered last */
    uint32_t sector;
    uint32_t region;
};
_Static_assert(sizeof(struct stamp) == 32, "four words, the rest is filled");

static inline uint64_t stamp_checksum(const uint64_t *words)
{
    uint64_t sum = 0x9e3779b97f4a7c15;

    for (int i = 1; i < SECTOR_WORDS; i++)
        sum = (sum ^ words[i]) * 0x2545f4914f6cdd1d;
    return sum;
}

/* Fills one sector. `words` is aligned to 8 bytes. */
static inline void stamp_fill(uint64_t *words, uint32_t region, uint32_t sector, uint64_t sequence,
                              uint64_t key)
{
    words[1] = sequence;
    words[2] = key;
    words[3] = (uint64_t)region << 32 | sector;
    for (int i = 4; i < SECTOR_WORDS; i++)
        words[i] = (words[3] + sequence) * (uint64_t)(2 * i + 1);
    words[0] = stamp_checksum(words);
}

/* The sequence number; 0 where the sector was not written by stamp_fill for this place. */
static inline uint64_t stamp_sequence(const uint64_t *words, uint32_t region, uint32_t sector)
{
    if (words[0] != stamp_checksum(words) || words[3] != ((uint64_t)region << 32 | sector))
        return 0;
    return words[1];
}

/* A write, or one sector that was read. Times are QueryPerformanceCounter's, which in the bed is
 * the same clock on both nodes. */
struct fencing_record {
    uint64_t begin, end;
    uint64_t sequence; /* of the write; of what was read, 0 where that was no stamp */
    uint32_t first, count;
    uint32_t error; /* Windows' */
    uint32_t way;   /* enum fencing_way */
};
_Static_assert(sizeof(struct fencing_record) == 40, "the same on both sides");

enum fencing_way {
    WAY_OVERLAPPED = 1,
    WAY_ODD = 2, /* a buffer that is not aligned to a sector */
    WAYS = 4,
};

/* In the file of a leg: for each thread, the reader last, a count and so many records. */
enum { LOGS = WRITERS + 1 };

#endif
