/* A registration that is to outlive a power loss: done, or refused as a whole. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
} rows[] = {
    {"register", RESERVATION_ACTION_REGISTER},
    {"register_ignore", RESERVATION_ACTION_REGISTER_IGNORE_EXISTING},
};

static void run(struct test *test, unsigned row)
{
    static const struct outcome outcomes[] = {
        {NT_STATUS_SUCCESS, 0, EVERYWHERE},
        {NT_STATUS_SUCCESS, PR_OUT_LIST_LENGTH, ON_WINDOWS | ON_REACTOS},
        {NT_STATUS_INVALID_DEVICE_REQUEST, 0, EVERYWHERE},
    };
    const struct pr_out out = {
        .action = rows[row].action,
        .service_action_key = unit_key(test, 1),
        .aptpl = true,
    };
    const struct request request = request_pr_out(&out);
    struct unit_state after = unit_free;
    struct answer answer;

    if (!expect_one_of(test, NODE_1, &request, QUESTION_APTPL_SUPPORT, outcomes, COUNT(outcomes),
                       &answer))
        return;
    if (answer.returned)
        after.key[NODE_1] = unit_key(test, 1);
    expect_unit(test, &after);
}

const struct behaviour aptpl_register = {
    .name = "aptpl.register",
    .source = "SPC-4 5.12.5 and 6.16.3 (APTPL)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
