/* The buffers of PERSISTENT RESERVE OUT: what is refused before anything is sent, and what passes.
 * Sources: windows-behaviour 2.4, 2.6 and 2.8; semantics 1 (Information 0); field-notes 1. */
#include "disk_state.h"
#include "pr_request.h"
#include "scsi_direct.h"
#include "suites.h"
#include <string.h>

static const struct pr_out registration = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0,
                                           0x1122334455667788, false};
static const struct disk_state node_1_registered = {{0x1122334455667788, 0}, NOBODY, 0};

/* A proper request but for its action, its scope and type, its length and its Size. */
static const struct refused {
    uint8_t action, scope_and_type;
    int input_length;
    uint8_t size;
    uint32_t error;
} refused[] = {
    {RESERVATION_ACTION_REGISTER, 0, NO_BUFFER, 36, ERROR_BAD_LENGTH},
    {RESERVATION_ACTION_REGISTER, 0, 11, 36, ERROR_BAD_LENGTH},
    {RESERVATION_ACTION_REGISTER, 0, 36, 11, ERROR_BAD_LENGTH},
    {RESERVATION_ACTION_REGISTER, 0, 12, 12, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_REGISTER, 0, 34, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_REGISTER, 0, 35, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_REGISTER, 0, 36, 35, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_REGISTER, 0, 64, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_CLEAR, 0, 35, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_RESERVE, 0, 36, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_RESERVE, 2, 36, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_RESERVE, 4, 36, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_RESERVE, 7, 36, 36, ERROR_INVALID_PARAMETER}, /* all registrants */
    {RESERVATION_ACTION_RESERVE, 8, 36, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_RESERVE, 0x11, 36, 36, ERROR_INVALID_PARAMETER}, /* scope 1 */
    {RESERVATION_ACTION_RELEASE, 7, 36, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_PREEMPT, 7, 36, 36, ERROR_INVALID_PARAMETER},
    {RESERVATION_ACTION_PREEMPT_ABORT, 8, 36, 36, ERROR_INVALID_PARAMETER},
    {7, 1, 36, 36, ERROR_INVALID_PARAMETER}, /* REGISTER AND MOVE */
    {8, 1, 36, 36, ERROR_INVALID_PARAMETER}, /* REPLACE LOST RESERVATION */
    {31, 1, 36, 36, ERROR_INVALID_PARAMETER},
};

static void expect_refused(struct bed *bed, const struct refused *row)
{
    const struct pr_out out = {row->action, row->scope_and_type, 0, 0x77, false};
    uint8_t input[64] = {0};
    struct windows_request request = pr_out_request(&out, input);

    input[4] = row->size;
    request.input = input;
    request.input_length = row->input_length;
    expect_request(bed, 0, &request, row->error, 0);
}

/* A unit attention waits on node 1 for the first command that comes; after all the refusals it
 * still waits. */
static void refused_requests_send_nothing(void **state)
{
    struct bed *bed = *state;
    const struct disk_state both = {{node_key[0], node_key[1]}, NOBODY, 0};

    arrange_disk(bed, &both);
    scsi_direct_pr_out(bed->sg[1], RESERVATION_ACTION_CLEAR, 0, node_key[1], 0);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        expect_refused(bed, &refused[i]);
    assert_int_equal(scsi_direct_take_unit_attentions(bed->sg[0]), 1);
    assert_disk_is(bed, &disk_free, "after refused requests");
}

/* Input and Size of 48 bytes, as a container-storage helper has them. */
static void longer_input(void **state)
{
    struct bed *bed = *state;
    uint8_t input[48] = {0};
    struct windows_request request = pr_out_request(&registration, input);

    input[4] = sizeof(input);
    memset(input + PR_OUT_INPUT_LENGTH, 0xff, sizeof(input) - PR_OUT_INPUT_LENGTH);
    request.input = input;
    request.input_length = sizeof(input);
    expect_request(bed, 0, &request, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &node_1_registered, "after REGISTER with 48 bytes of input");
}

/* Version, the reserved bits, a Size beyond the buffer, and the two bytes behind the list. */
static void fields_that_nobody_reads(void **state)
{
    struct bed *bed = *state;
    uint8_t input[PR_OUT_INPUT_LENGTH];
    struct windows_request request = pr_out_request(&registration, input);

    memset(input, 0xff, 8);
    input[8] |= 0xe0;
    memset(input + 34, 0xff, 2);
    request.input = input;
    expect_request(bed, 0, &request, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &node_1_registered, "after REGISTER with odd fields");
}

/* An output buffer may be there; nothing is written to it. */
static void output_buffer_stays(void **state)
{
    struct bed *bed = *state;
    uint8_t input[PR_OUT_INPUT_LENGTH];
    struct windows_request request = pr_out_request(&registration, input);

    request.output_length = 64;
    expect_request(bed, 0, &request, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &node_1_registered, "after REGISTER with an output buffer");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(refused_requests_send_nothing),
    cmocka_unit_test(longer_input),
    cmocka_unit_test(fields_that_nobody_reads),
    cmocka_unit_test(output_buffer_stays),
};

const struct suite pr_out_inputs = SUITE("pr_out_inputs", tests);
