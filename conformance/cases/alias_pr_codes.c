/* The PR codes with FILE_DEVICE_DISK instead of FILE_DEVICE_MASS_STORAGE. The class driver routes
 * them to its PR code, but compares the original code, and so takes a PR IN for a PR OUT. Holdfast
 * does not serve them, and Wine does not know them. Whatever they do, the unit stays as it was with
 * these inputs, or the request was a success. */
#include "../unit_state.h"

#include "../behaviour.h"

enum { DISK_PR_IN = 0x00075018, DISK_PR_OUT = 0x0007d01c };

static const struct {
    const char *name;
    uint32_t code;
} rows[] = {
    {"pr_in", DISK_PR_IN},
    {"pr_out", DISK_PR_OUT},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_NOT_SUPPORTED, 0, EVERYWHERE},
    {NT_STATUS_NOT_IMPLEMENTED, 0, EVERYWHERE},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, EVERYWHERE},
    {NT_STATUS_INVALID_PARAMETER, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_SUCCESS, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_SUCCESS, 8, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_SUCCESS, 24, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = rows[row].code == DISK_PR_IN
                                 ? request_pr_in(RESERVATION_ACTION_READ_KEYS, 8)
                                 : request_pr_out(&enter);
    struct answer answer;

    request.code = rows[row].code;
    if (!expect_one_of(test, NODE_1, &request, QUESTION_PR_ALIASES, outcomes, COUNT(outcomes),
                       &answer))
        return;
    expect_unit(test, answer.returned && row ? &registered : &unit_free);
}

const struct behaviour alias_pr_codes = {
    .name = "alias.pr_codes",
    .source = "classpnp class.c ClassDeviceControl",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
