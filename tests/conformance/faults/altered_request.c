#include "altered_request.h"

#include <string.h>

void alter_request(struct altered *altered, const struct reservation_request *request)
{
    altered->request = *request;
    memset(altered->input, 0, sizeof(altered->input));
    memcpy(altered->input, request->input, min(request->input_length, RESERVATION_INPUT_USED));
    altered->request.input = altered->input;
}

bool is_pr_in(const struct reservation_request *request)
{
    return request->control_code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN;
}

bool is_pr_out(const struct reservation_request *request)
{
    return request->control_code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT;
}

uint32_t get_le32(const uint8_t *bytes)
{
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

void put_le32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
}

uint32_t allocation_length_of(const struct altered *altered)
{
    return altered->input[ALLOCATION_LENGTH_AT] | altered->input[ALLOCATION_LENGTH_AT + 1] << 8;
}

int32_t with_status(const struct reservation_request *request, struct reservation_plan *plan,
                    int32_t from, int32_t to)
{
    const int32_t status = real_prepare(request, plan);

    return status == from ? to : status;
}
