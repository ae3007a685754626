#include "pr_request.h"

#include "big_endian.h"
#include <string.h>

static void write_le(uint8_t *bytes, int count, uint32_t value)
{
    for (int i = 0; i < count; i++, value >>= 8)
        bytes[i] = (uint8_t)value;
}

/* By bytes, as windows-behaviour 1.2 has them, so that a mistake in the header's structures would
 * not make a mistake here. */
struct windows_request pr_out_request(const struct pr_out *out, uint8_t *input)
{
    memset(input, 0, PR_OUT_INPUT_LENGTH);
    write_le(input, 4, PR_IN_INPUT_LENGTH);
    write_le(input + 4, 4, PR_OUT_INPUT_LENGTH);
    input[8] = out->action;
    input[9] = out->type;
    big_endian_write(input + 10, 8, out->key);
    big_endian_write(input + 18, 8, out->service_action_key);
    input[30] = out->persists;
    return (struct windows_request){IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, input,
                                    PR_OUT_INPUT_LENGTH, NO_BUFFER};
}

struct windows_request pr_in_request(uint8_t action, uint16_t allocation_length, int output_length,
                                     uint8_t *input)
{
    memset(input, 0, PR_IN_INPUT_LENGTH);
    write_le(input, 4, PR_IN_INPUT_LENGTH);
    write_le(input + 4, 4, PR_IN_INPUT_LENGTH);
    input[8] = action;
    write_le(input + 10, 2, allocation_length);
    return (struct windows_request){IOCTL_STORAGE_PERSISTENT_RESERVE_IN, input, PR_IN_INPUT_LENGTH,
                                    output_length};
}

void expect_pr_out(struct bed *bed, int node, const struct pr_out *out, uint32_t error)
{
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const struct windows_request request = pr_out_request(out, input);

    expect_request(bed, node, &request, error, 0);
}

struct windows_answer expect_pr_in(struct bed *bed, int node, uint8_t action,
                                   uint16_t allocation_length, int output_length, uint32_t error,
                                   uint32_t information)
{
    uint8_t input[PR_IN_INPUT_LENGTH];
    const struct windows_request request =
        pr_in_request(action, allocation_length, output_length, input);

    return expect_request(bed, node, &request, error, information);
}
