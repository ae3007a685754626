/* Who may read and write under which reservation. Sources: SBC-3 4.17 with its table of commands
 * that are allowed in the presence of reservations, SPC-4 5.12.1, SPC-2 5.5.1 (RESERVE). */
#ifndef CONFORMANCE_RIGHTS_H
#define CONFORMANCE_RIGHTS_H

#include "unit_state.h"

/* Each type and role, asked from node 1 and from node 2; RESERVE's own come last. */
enum { RIGHT_ROWS = 32, PERSISTENT_RIGHT_ROWS = 28 };

struct right {
    const char *name;
    uint8_t type; /* of the persistent reservation, or one of these */
    enum role { HOLDER, REGISTRANT, STRANGER } role;
    bool may_read, may_write;
};
enum { NO_RESERVATION = 0, LEGACY_RESERVATION = 0xff };

const struct right *right_of(unsigned row);
unsigned right_asking(unsigned row); /* the node that has the role */
void right_name(unsigned row, char *name, size_t size);
uint32_t right_needs(unsigned row);

bool arrange_right(struct test *test, unsigned row);

/* A block of the work area, by its row. */
uint32_t right_block(const struct test *test, unsigned row);

/* Has the row's node write the block by `write`, which is to be done or refused as the right has
 * it; looks what is on the disk then, and puts back what was there before. */
typedef bool (*block_writer)(struct test *test, unsigned row, const uint8_t *data);
void check_writing(struct test *test, unsigned row, block_writer write);

/* The same block by ReadFile or WriteFile. */
struct raw_request raw_block(const struct test *test, unsigned row, uint32_t action,
                             uint32_t overlapped);
bool expect_reading_file(struct test *test, unsigned row, uint32_t overlapped);

#endif
