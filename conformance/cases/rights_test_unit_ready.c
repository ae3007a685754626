/* Allowed to everybody under a persistent reservation; under RESERVE to the holder alone. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct right *right = right_of(row);
    const struct scsi_request ready = scsi_plain(OPCODE_TEST_UNIT_READY);
    const bool is_refused = right->type == LEGACY_RESERVATION && right->role != HOLDER;

    if (arrange_right(test, row))
        expect_scsi(test, right_asking(row), &ready,
                    is_refused ? STATUS_RESERVATION_CONFLICT : STATUS_GOOD);
}

const struct behaviour rights_test_unit_ready = {
    .name = "rights.test_unit_ready",
    .source = "SPC-4 5.12.1 table 31 (TEST UNIT READY); SPC-2 5.5.1",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PASS_THROUGH,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
