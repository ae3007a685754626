/* The I/O manager's half of METHOD_BUFFERED: what comes from the caller is copied once before
 * anything is looked at, what goes back is copied once at the end. */
#ifndef HOLDFAST_SHIM_SYSTEM_BUFFER_H
#define HOLDFAST_SHIM_SYSTEM_BUFFER_H

#include "../reservation/reservation.h"
#include <windows.h>

struct system_buffer {
    uint8_t input[RESERVATION_INPUT_USED]; /* the part of the input that any request looks at */
    uint8_t small[512];                    /* output, when it fits */
    uint8_t *output;                       /* `small`, or allocated */
};

/* Probes both of the caller's buffers over their whole lengths and captures the input. A NULL
 * pointer makes its length 0, as in the I/O manager: *input_length and *output_length are mended.
 * False where a page cannot be touched. */
bool system_buffer_capture(struct system_buffer *buffer, const void *input, uint32_t *input_length,
                           void *output, uint32_t *output_length);

/* Makes room for `length` bytes of output, zeros: not every driver tells how little it has read.
 * False without memory. */
bool system_buffer_reserve(struct system_buffer *buffer, uint32_t length);

/* Copies `length` bytes back to the caller. False where a page has become untouchable. */
bool system_buffer_copy_back(const struct system_buffer *buffer, void *output, uint32_t length);

void system_buffer_free(struct system_buffer *buffer);

#endif
