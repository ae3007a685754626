/* WRITE(10) by SCSI pass-through. What is refused leaves the block as it was. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

#include <string.h>

static bool write_by_command(struct test *test, unsigned row, const uint8_t *data)
{
    const uint32_t block_size = test->environment->disk.block_size;
    struct scsi_request write = scsi_write(right_block(test, row), block_size);

    memcpy(write.data, data, block_size);
    return expect_scsi(test, right_asking(row), &write,
                       right_of(row)->may_write ? STATUS_GOOD : STATUS_RESERVATION_CONFLICT);
}

static void run(struct test *test, unsigned row)
{
    check_writing(test, row, write_by_command);
}

const struct behaviour rights_write_pass_through = {
    .name = "rights.write.pass_through",
    .source = "SBC-3 4.17 table of commands and reservations; SPC-2 5.5.1",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PASS_THROUGH | NEEDS_DATA,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
