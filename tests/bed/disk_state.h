/* The reservations of the shared disk, as a test expects them and as sg_persist shows them. */
#ifndef TESTS_BED_DISK_STATE_H
#define TESTS_BED_DISK_STATE_H

#include "bed.h"

/* Node 1 has index 0. `holder` is an index or NOBODY, and `type` then of no meaning. */
struct disk_state {
    uint64_t key[NODES]; /* 0: not registered */
    int holder;
    uint8_t type;
};

extern const struct disk_state disk_free;

/* Runs a command (NULL-terminated, found by PATH) and keeps what it prints on both outputs, as a
 * string. Returns its exit code, or -1. */
int run_and_read(const char *const *words, char *output, size_t size);

/* Runs sg_persist and keeps what it prints. Returns its exit code, or -1. */
int run_sg_persist(const char *option, const char *path, char *output, size_t size);

/* The type of reservation that sg_persist -r or -s has printed; 0 where it has none. */
uint8_t sg_persist_type(const char *output);

/* Fails the test where sg_persist's READ FULL STATUS is not `expected`. A unit attention on the way
 * is taken and the question asked again. */
void assert_disk_is(struct bed *bed, const struct disk_state *expected, const char *when);

/* Fails the test unless sg_persist is refused on both nodes, as LIO does it while an SPC-2
 * reservation is held: it conflicts for READ KEYS too, even for the holder. */
void assert_disk_is_legacy_reserved(struct bed *bed, const char *when);

/* Brings the disk into this state past Wine and takes the unit attentions that come of it. Fails
 * the test where it cannot. */
void arrange_disk(struct bed *bed, const struct disk_state *wanted);

/* Frees the disk of everything; false where the disk does not obey. Legacy reservations too. */
bool free_disk(struct bed *bed);

#endif
