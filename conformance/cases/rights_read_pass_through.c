/* READ(10) by SCSI pass-through, past everything that Windows adds. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct scsi_request read =
        scsi_read(right_block(test, row), test->environment->disk.block_size);

    if (arrange_right(test, row))
        expect_scsi(test, right_asking(row), &read,
                    right_of(row)->may_read ? STATUS_GOOD : STATUS_RESERVATION_CONFLICT);
}

const struct behaviour rights_read_pass_through = {
    .name = "rights.read.pass_through",
    .source = "SBC-3 4.17 table of commands and reservations; SPC-2 5.5.1",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PASS_THROUGH,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
