/* A conflict is a warning: FALSE and 170, but the number of bytes is written, and as many bytes of
 * output. Microsoft says nowhere how many these are; they ought to be none. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

#include <stdio.h>

static const struct kind {
    const char *name;
    uint32_t code;
    uint32_t output_length;
    uint32_t transfer; /* what a port driver would have in its request */
} kinds[] = {
    {"pr_out", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 0, PR_OUT_LIST_LENGTH},
    {"pr_out_with_output", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 64, PR_OUT_LIST_LENGTH},
    {"reserve", IOCTL_STORAGE_RESERVE, 0, 0},
    {"reserve_with_output", IOCTL_STORAGE_RESERVE, 64, 0},
};

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.%s", kinds[row / 2].name, row % 2 ? "overlapped" : "synchronous");
}

static struct request request_of(const struct test *test, const struct kind *kind)
{
    const struct pr_out out = {
        .action = RESERVATION_ACTION_RESERVE,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
    };
    struct request request = kind->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT
                                 ? request_pr_out(&out)
                                 : request_plain(kind->code);

    request.output_length = kind->output_length;
    request.output_flags = kind->output_length ? 0 : NULL_BUFFER;
    return request;
}

static void run(struct test *test, unsigned row)
{
    const struct kind *kind = &kinds[row / 2];
    const struct outcome outcomes[] = {
        {NT_STATUS_DEVICE_BUSY, 0, EVERYWHERE},
        {NT_STATUS_DEVICE_BUSY, kind->transfer, ON_WINDOWS | ON_REACTOS},
    };
    const struct unit_state held =
        situation_state(test, NODE_1, OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE);
    struct request request = request_of(test, kind);

    request.overlapped = row % 2;
    if (arrange(test, &held) && expect_one_of(test, NODE_1, &request, QUESTION_CONFLICT_INFORMATION,
                                              outcomes, COUNT(outcomes), NULL))
        expect_unit(test, &held);
}

static uint32_t row_needs(unsigned row)
{
    return kinds[row / 2].code == IOCTL_STORAGE_RESERVE ? NEEDS_LEGACY : 0;
}

const struct behaviour conflict_information = {
    .name = "conflict.information",
    .source = "classpnp class.c ClassInterpretSenseInfo",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    .rows = COUNT(kinds) * 2,
    .row_name = row_name,
    .row_needs = row_needs,
    .run = run,
};
