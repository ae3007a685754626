/* Allowed to everybody under a persistent reservation. Under RESERVE disks differ. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

enum { OPCODE_READ_CAPACITY_10 = 0x25, CAPACITY_LENGTH = 8 };

static void run(struct test *test, unsigned row)
{
    struct scsi_request capacity = scsi_plain(OPCODE_READ_CAPACITY_10);

    capacity.cdb_length = 10;
    capacity.direction = SCSI_DATA_IN;
    capacity.length = CAPACITY_LENGTH;
    if (arrange_right(test, row))
        expect_scsi(test, right_asking(row), &capacity, STATUS_GOOD);
}

const struct behaviour rights_read_capacity = {
    .name = "rights.read_capacity",
    .source = "SBC-3 4.17 table of commands and reservations (READ CAPACITY)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PASS_THROUGH,
    .rows = PERSISTENT_RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
