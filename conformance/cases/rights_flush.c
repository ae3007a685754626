/* FlushFileBuffers is SYNCHRONIZE CACHE, which conflicts where a write does. Windows sends none to
 * a disk that has no write cache. */
#include "../rights.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct raw_request flush = {.action = RAW_FLUSH};
    const uint32_t busy = nt_status_error(NT_STATUS_DEVICE_BUSY);
    struct raw_answer answer;

    if (!arrange_right(test, row))
        return;
    if (right_of(row)->may_write)
        expect_raw(test, right_asking(row), &flush, 0);
    else if (!(test->environment->platform & (ON_WINDOWS | ON_REACTOS)))
        expect_raw(test, right_asking(row), &flush, busy);
    else if (ask_raw(test, right_asking(row), &flush, &answer))
        check(test, answer.returned || answer.error == busy, "FlushFileBuffers",
              "TRUE or error 170", "FALSE, error %u", (unsigned)answer.error);
}

const struct behaviour rights_flush = {
    .name = "rights.flush",
    .source = "SBC-3 4.17 (SYNCHRONIZE CACHE); classpnp class.c ClassInterpretSenseInfo",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_RAW,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
