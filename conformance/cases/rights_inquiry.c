/* Allowed to everybody, always. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct scsi_request inquiry = scsi_inquiry(0, 36);

    if (arrange_right(test, row))
        expect_scsi(test, right_asking(row), &inquiry, STATUS_GOOD);
}

const struct behaviour rights_inquiry = {
    .name = "rights.inquiry",
    .source = "SPC-4 5.12.1 table 31 (INQUIRY); SPC-2 5.5.1",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PASS_THROUGH,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
