#include "draft.h"

#include <stdlib.h>
#include <string.h>

/* The contract's RESERVATION_INPUT_USED. */
static const uint32_t most_read = RESERVATION_INPUT_USED;

void put_le32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
}

void set_size(struct draft *draft, uint32_t size)
{
    put_le32(draft->input + 4, size);
}

struct draft good_pr_in(void)
{
    struct draft draft = {PR_IN, READ | WRITE, 12, 64, {0}};

    put_le32(draft.input, 12);
    set_size(&draft, 12);
    draft.input[10] = 64;
    return draft;
}

struct draft good_pr_out(void)
{
    struct draft draft = {PR_OUT, READ | WRITE, FULL_PR_OUT, 0, {0}};

    put_le32(draft.input, 12);
    set_size(&draft, FULL_PR_OUT);
    draft.input[8] = 1;
    draft.input[9] = 6;
    for (size_t i = 10; i < sizeof(draft.input); i++)
        draft.input[i] = (uint8_t)(i * 7);
    return draft;
}

int32_t prepare(const struct draft *draft, struct reservation_plan *plan)
{
    uint32_t readable = draft->input_length < most_read ? draft->input_length : most_read;
    uint8_t *input = readable ? malloc(readable) : NULL;
    struct reservation_request request = {
        .control_code = draft->code,
        .granted_access = draft->access,
        .input = input,
        .input_length = draft->input_length,
        .output_length = draft->output_length,
    };
    int32_t status;

    if (readable)
        memcpy(input, draft->input, readable);
    memset(plan, 0xee, sizeof(*plan));
    status = reservation_prepare(&request, plan);
    free(input);
    return status;
}
