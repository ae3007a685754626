/* Allowed to everybody under a persistent reservation. There are disks, LIO's among them, that take
 * it for a read; never is it refused to one that may read. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

enum { OPCODE_READ_CAPACITY_10 = 0x25, CAPACITY_LENGTH = 8 };

static void run(struct test *test, unsigned row)
{
    struct scsi_request capacity = scsi_plain(OPCODE_READ_CAPACITY_10);
    struct scsi_answer answer;

    capacity.cdb_length = 10;
    capacity.direction = SCSI_DATA_IN;
    capacity.length = CAPACITY_LENGTH;
    if (!arrange_right(test, row))
        return;
    if (right_of(row)->may_read) {
        expect_scsi(test, right_asking(row), &capacity, STATUS_GOOD);
    } else if (ask_scsi(test, right_asking(row), &capacity, &answer)) {
        observe(test, QUESTION_ALLOWED_COMMANDS, "READ CAPACITY is %s",
                answer.status == STATUS_GOOD ? "GOOD" : "refused");
        check(test, answer.status == STATUS_GOOD || answer.status == STATUS_RESERVATION_CONFLICT,
              "READ CAPACITY", "status 00, or 18", "status %02x", (unsigned)answer.status);
    }
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
