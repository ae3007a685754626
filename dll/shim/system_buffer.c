#include "system_buffer.h"

#include "guarded.h"
#include <string.h>

bool system_buffer_capture(struct system_buffer *buffer, const void *input, uint32_t *input_length,
                           void *output, uint32_t *output_length)
{
    uint32_t used;

    buffer->output = buffer->small;
    if (!input)
        *input_length = 0;
    if (!output)
        *output_length = 0;
    used = *input_length < RESERVATION_INPUT_USED ? *input_length : RESERVATION_INPUT_USED;
    return guarded_probe(output, *output_length, true) &&
           guarded_probe(input, *input_length, false) && guarded_copy(buffer->input, input, used);
}

bool system_buffer_reserve(struct system_buffer *buffer, uint32_t length)
{
    if (length > sizeof(buffer->small))
        buffer->output = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, length);
    else
        memset(buffer->small, 0, length);
    return buffer->output != NULL;
}

bool system_buffer_copy_back(const struct system_buffer *buffer, void *output, uint32_t length)
{
    return length == 0 || guarded_copy(output, buffer->output, length);
}

void system_buffer_free(struct system_buffer *buffer)
{
    if (buffer->output != buffer->small)
        HeapFree(GetProcessHeap(), 0, buffer->output);
}
