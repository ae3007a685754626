/* Bytes returned after a success: 0 by the documentation, 24 by the rule that the port driver
 * leaves the transfer's length there. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
    int holder;
    uint32_t overlapped;
} rows[] = {
    {"register_ignore", RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, NOBODY, 0},
    {"reserve", RESERVATION_ACTION_RESERVE, NOBODY, 0},
    {"release", RESERVATION_ACTION_RELEASE, NODE_1, 0},
    {"clear", RESERVATION_ACTION_CLEAR, NODE_1, 0},
    {"overlapped", RESERVATION_ACTION_RESERVE, NOBODY, 1},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    {NT_STATUS_SUCCESS, 24, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const uint64_t key = unit_key(test, 1);
    const struct unit_state before = {
        {key, 0}, rows[row].holder, RESERVATION_TYPE_EXCLUSIVE, NOBODY};
    const struct pr_out out = {.action = rows[row].action,
                               .type = RESERVATION_TYPE_EXCLUSIVE,
                               .key = key,
                               .service_action_key = key};
    struct request request = request_pr_out(&out);

    request.overlapped = rows[row].overlapped;
    if (arrange(test, &before))
        expect_one_of(test, NODE_1, &request, QUESTION_PR_OUT_INFORMATION, outcomes,
                      COUNT(outcomes), NULL);
}

const struct behaviour pr_out_information = {
    .name = "pr_out.information",
    .source = "IOCTL_STORAGE_PERSISTENT_RESERVE_OUT's page",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
