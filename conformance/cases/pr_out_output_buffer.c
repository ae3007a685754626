/* PR OUT returns nothing. An output buffer is left alone, but for the 24 bytes of the parameter
 * list that a system may copy back, which has moved them to the start of its own buffer. The input
 * stays as it was. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t output_length;
    uint32_t overlapped;
} rows[] = {
    {"bytes_1", 1, 0},       {"bytes_8", 8, 0},         {"bytes_24", 24, 0},   {"bytes_36", 36, 0},
    {"bytes_4096", 4096, 0}, {"bytes_65537", 65537, 0}, {"overlapped", 64, 1},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    {NT_STATUS_SUCCESS, 24, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_pr_out(&enter);

    request.output_flags = 0;
    request.output_length = rows[row].output_length;
    request.overlapped = rows[row].overlapped;
    expect_one_of(test, NODE_1, &request, QUESTION_PR_OUT_INFORMATION, outcomes, COUNT(outcomes),
                  NULL);
    expect_unit(test, &registered);
}

const struct behaviour pr_out_output_buffer = {
    .name = "pr_out.output_buffer",
    .source = "IOCTL_STORAGE_PERSISTENT_RESERVE_OUT's page",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
