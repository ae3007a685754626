/* Requests in the making, for the tests of dll/reservation/check.c. */
#ifndef HOLDFAST_UNIT_DRAFT_H
#define HOLDFAST_UNIT_DRAFT_H

#include "../../dll/reservation/reservation.h"

enum {
    RESERVE = 0x002d4810,
    RELEASE = 0x002d4814,
    PR_IN = 0x002d5018,
    PR_OUT = 0x002dd01c,
    BREAK = 0x002d5014,
    RESET_BUS = 0x002d5000,
    READ = 1,
    WRITE = 2,
    FULL_PR_OUT = 36,
};

/* `input` is what the caller's buffer starts with. */
struct draft {
    uint32_t code, access, input_length, output_length;
    uint8_t input[64];
};

void put_le32(uint8_t *bytes, uint32_t value);
void set_size(struct draft *draft, uint32_t size);

/* READ KEYS into 64 bytes, as good as it gets. */
struct draft good_pr_in(void);

/* RESERVE, Exclusive Access - Registrants Only. */
struct draft good_pr_out(void);

/* Hands over exactly the bytes that the contract promises to be readable, so that a sanitizer sees
 * one read too many. */
int32_t prepare(const struct draft *draft, struct reservation_plan *plan);

#define EXPECT_PREPARE(draft, expected, ...)                              \
    do {                                                                  \
        struct reservation_plan unused;                                   \
                                                                          \
        EXPECT_STATUS(prepare(&(draft), &unused), expected, __VA_ARGS__); \
    } while (0)

#endif
