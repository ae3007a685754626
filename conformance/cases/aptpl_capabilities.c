/* REPORT CAPABILITIES, which Windows lets through by pass-through alone, says what the last
 * registration asked for (PTPL_A). In other actions the bit means nothing. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

enum { REPORT_CAPABILITIES = 2, CAPABILITIES_LENGTH = 8, PTPL_A = 1 };

static const struct {
    const char *name;
    bool first, second; /* APTPL of the registration, and of what follows */
    uint8_t action;
    bool is_active;
} rows[] = {
    {"with", true, true, RESERVATION_ACTION_REGISTER, true},
    {"without", false, false, RESERVATION_ACTION_REGISTER, false},
    {"with_then_without", true, false, RESERVATION_ACTION_REGISTER, false},
    {"without_then_with", false, true, RESERVATION_ACTION_REGISTER, true},
    {"with_then_ignore_without", true, false, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, false},
    {"without_then_reserve_with", false, true, RESERVATION_ACTION_RESERVE, false},
};

static void run(struct test *test, unsigned row)
{
    const struct scsi_request capabilities = scsi_pr_in(REPORT_CAPABILITIES, CAPABILITIES_LENGTH);
    const struct pr_out first = {
        .action = RESERVATION_ACTION_REGISTER,
        .service_action_key = unit_key(test, 1),
        .aptpl = rows[row].first,
    };
    const struct pr_out second = {
        .action = rows[row].action,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .key = unit_key(test, 1),
        .service_action_key = unit_key(test, 1),
        .aptpl = rows[row].second,
    };
    struct scsi_answer answer;

    if (expect_out(test, NODE_1, &first, NT_STATUS_SUCCESS) &&
        expect_out(test, NODE_1, &second, NT_STATUS_SUCCESS) &&
        ask_scsi(test, NODE_1, &capabilities, &answer))
        check(test,
              answer.status == STATUS_GOOD && (answer.data[3] & PTPL_A) == rows[row].is_active,
              "PTPL_A of REPORT CAPABILITIES", rows[row].is_active ? "1" : "0",
              "status %02x, byte 3 is %02x", (unsigned)answer.status, answer.data[3]);
}

const struct behaviour aptpl_capabilities = {
    .name = "aptpl.capabilities",
    .source = "SPC-4 5.12.5 and 6.15.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_APTPL | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
