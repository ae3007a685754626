/* What the tests of dll/reservation/judge.c share. */
#ifndef HOLDFAST_UNIT_VERDICT_H
#define HOLDFAST_UNIT_VERDICT_H

#include "../../dll/reservation/judge.h"

/* In place of a delay in ms. A delay counts where the attempt is repeated, and for
 * INVALID_DEVICE_REQUEST, which repeats a six-byte RESERVE or RELEASE. */
enum {
    NO_RETRY = -1,
    FALL_BACK = -500,           /* no retry, but the six-byte forms fall back after 500 ms */
    FALL_BACK_AFTER_3S = -3000, /* or after 3 s */
};

void expect_verdict(struct reservation_verdict verdict, int32_t status, int delay, const char *row);

/* Fixed-format sense data, current and whole. */
void set_fixed(struct scsi_result *result, uint8_t key, uint8_t asc, uint8_t ascq);

#endif
