#include "steps.h"

#include <inttypes.h>
#include <stdio.h>

enum { UNIT_ATTENTION = 6 };

bool expect_plain(struct test *test, unsigned node, uint32_t code, int32_t status)
{
    const struct request request = request_plain(code);

    return expect_status(test, node, &request, status, NULL);
}

bool expect_break(struct test *test, unsigned node, int32_t status)
{
    const struct request request = request_break();

    return expect_status(test, node, &request, status, NULL);
}

bool expect_out(struct test *test, unsigned node, const struct pr_out *out, int32_t status)
{
    const struct request request = request_pr_out(out);

    return expect_status(test, node, &request, status, NULL);
}

bool expect_register(struct test *test, unsigned node, uint64_t key)
{
    const struct pr_out out = {.action = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                               .service_action_key = key};

    return expect_out(test, node, &out, NT_STATUS_SUCCESS);
}

bool expect_reserve(struct test *test, unsigned node, uint64_t key, uint8_t type, int32_t status)
{
    const struct pr_out out = {.action = RESERVATION_ACTION_RESERVE, .type = type, .key = key};

    return expect_out(test, node, &out, status);
}

bool expect_in(struct test *test, unsigned node, uint8_t action, uint16_t length,
               struct answer *answer)
{
    const struct request request = request_pr_in(action, length);
    struct answer own;

    if (!answer)
        answer = &own;
    return ask(test, node, &request, answer) &&
           check(test, answer->returned, "PR_IN", "TRUE", "FALSE, error %" PRIu32, answer->error);
}

bool take_unit_attentions(struct test *test, unsigned node)
{
    const struct scsi_request ready = scsi_plain(OPCODE_TEST_UNIT_READY);
    struct scsi_answer answer;

    return ask_scsi(test, node, &ready, &answer);
}

bool expect_unit_attention(struct test *test, unsigned node, uint32_t asc, uint32_t ascq)
{
    const struct scsi_request ready = scsi_plain(OPCODE_TEST_UNIT_READY);
    struct scsi_answer answer, next;
    char expected[64];

    if (!ask_scsi_once(test, node, &ready, &answer) || !ask_scsi_once(test, node, &ready, &next))
        return false;
    if (answer.key != UNIT_ATTENTION && (test->environment->platform & ON_WINDOWS)) {
        skip(test, "something else on this system has taken the unit attention");
        return true;
    }
    if (ascq == ANY_QUALIFIER)
        snprintf(expected, sizeof(expected), "status 02, sense 6/%02" PRIx32 "/any", asc);
    else
        snprintf(expected, sizeof(expected), "status 02, sense 6/%02" PRIx32 "/%02" PRIx32, asc,
                 ascq);
    return check(test,
                 answer.status == STATUS_CHECK_CONDITION && answer.key == UNIT_ATTENTION &&
                     answer.asc == asc && (ascq == ANY_QUALIFIER || answer.ascq == ascq),
                 "unit attention", expected,
                 "status %02" PRIx32 ", sense %" PRIx32 "/%02" PRIx32 "/%02" PRIx32, answer.status,
                 answer.key, answer.asc, answer.ascq) &&
           check(test, next.asc != asc || next.key != UNIT_ATTENTION || next.ascq != answer.ascq,
                 "unit attention", "told once", "told again");
}

bool expect_no_unit_attention(struct test *test, unsigned node)
{
    const struct scsi_request ready = scsi_plain(OPCODE_TEST_UNIT_READY);
    struct scsi_answer answer;

    return ask_scsi_once(test, node, &ready, &answer) &&
           check(test, answer.status != STATUS_CHECK_CONDITION, "unit attention", "none",
                 "sense %" PRIx32 "/%02" PRIx32 "/%02" PRIx32, answer.key, answer.asc, answer.ascq);
}
