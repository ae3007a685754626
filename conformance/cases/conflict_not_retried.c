/* A conflict is final. Were each tried again four times, as other errors are, and twice a second,
 * then this many would take 40 s. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

enum { REQUESTS = 20, FAR_TOO_LONG_MS = 20 * 1000 };

static const struct {
    const char *name;
    bool is_legacy;
} rows[] = {{"pr_out", false}, {"reserve", true}};

static void run(struct test *test, unsigned row)
{
    const struct unit_state held =
        situation_state(test, NODE_1, OTHER_HOLDS, RESERVATION_TYPE_EXCLUSIVE);
    const struct pr_out out = {
        .action = RESERVATION_ACTION_RESERVE,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
    };
    const struct request request =
        rows[row].is_legacy ? request_plain(IOCTL_STORAGE_RESERVE) : request_pr_out(&out);
    uint32_t milliseconds = 0;
    struct answer answer;

    if (!arrange(test, &held))
        return;
    for (int i = 0; i < REQUESTS; i++) {
        if (!expect_status(test, NODE_1, &request, NT_STATUS_DEVICE_BUSY, &answer))
            return;
        milliseconds += answer.milliseconds;
    }
    check(test, milliseconds < FAR_TOO_LONG_MS, "20 conflicts", "final at once",
          "after more than 20 s");
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].is_legacy ? NEEDS_LEGACY : 0;
}

const struct behaviour conflict_not_retried = {
    .name = "conflict.not_retried",
    .source = "classpnp class.c ClassInterpretSenseInfo (RESERVATION CONFLICT: no retry)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
