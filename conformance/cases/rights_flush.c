/* FlushFileBuffers is SYNCHRONIZE CACHE, which conflicts where a write does. Some disks let it pass
 * where only writing is excluded: so they are asked by the command first. Windows sends none to a
 * disk that has no write cache. */
#include "../rights.h"
#include "../steps.h"

#include "../behaviour.h"

enum { OPCODE_SYNCHRONIZE_CACHE_10 = 0x35 };

/* What the disk itself has for one that may not write. */
static bool disk_lets_pass(struct test *test, unsigned row, bool *passes)
{
    struct scsi_request command = scsi_plain(OPCODE_SYNCHRONIZE_CACHE_10);
    struct scsi_answer answer;

    command.cdb_length = 10;
    if (!ask_scsi(test, right_asking(row), &command, &answer))
        return false;
    *passes = answer.status == STATUS_GOOD;
    if (*passes)
        observe(test, QUESTION_ALLOWED_COMMANDS, "SYNCHRONIZE CACHE is GOOD");
    return check(test, *passes || answer.status == STATUS_RESERVATION_CONFLICT, "SYNCHRONIZE CACHE",
                 "status 18, or 00", "status %02x", (unsigned)answer.status) &&
           check(test, !*passes || right_of(row)->may_read, "SYNCHRONIZE CACHE",
                 "status 18 where all access is excluded", "status 00");
}

static void run(struct test *test, unsigned row)
{
    const struct raw_request flush = {.action = RAW_FLUSH};
    const uint32_t busy = nt_status_error(NT_STATUS_DEVICE_BUSY);
    bool passes = right_of(row)->may_write;
    struct raw_answer answer;

    if (!arrange_right(test, row) || (!passes && !disk_lets_pass(test, row, &passes)))
        return;
    if (passes || !(test->environment->platform & (ON_WINDOWS | ON_REACTOS)))
        expect_raw(test, right_asking(row), &flush, passes ? 0 : busy);
    else if (ask_raw(test, right_asking(row), &flush, &answer))
        check(test, answer.returned || answer.error == busy, "FlushFileBuffers",
              "TRUE or error 170", "FALSE, error %u", (unsigned)answer.error);
}

const struct behaviour rights_flush = {
    .name = "rights.flush",
    .source = "SBC-3 4.17 (SYNCHRONIZE CACHE); classpnp class.c ClassInterpretSenseInfo",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_RAW | NEEDS_PASS_THROUGH,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
