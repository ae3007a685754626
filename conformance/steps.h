/* Steps that many cases are made of: one request and what has to come of it. */
#ifndef CONFORMANCE_STEPS_H
#define CONFORMANCE_STEPS_H

#include "unit_state.h"

/* RESERVE, RELEASE and their like, without buffers. */
bool expect_plain(struct test *test, unsigned node, uint32_t code, int32_t status);
bool expect_break(struct test *test, unsigned node, int32_t status);

/* A PR OUT in the middle of a story; expect_pr_out also brings the unit into a state first. */
bool expect_out(struct test *test, unsigned node, const struct pr_out *out, int32_t status);
bool expect_register(struct test *test, unsigned node, uint64_t key); /* whatever there is */
bool expect_reserve(struct test *test, unsigned node, uint64_t key, uint8_t type, int32_t status);

/* What a PR IN returned is taken where `answer` is not NULL. */
bool expect_in(struct test *test, unsigned node, uint8_t action, uint16_t length,
               struct answer *answer);

/* By SCSI pass-through: takes what unit attentions there are. */
bool take_unit_attentions(struct test *test, unsigned node);
/* The node's next TEST UNIT READY says UNIT ATTENTION with this, and the one after it does not. On
 * Windows, where other programs and drivers may have come first, a case that finds none is skipped.
 */
enum { ANY_QUALIFIER = 0x100 };
bool expect_unit_attention(struct test *test, unsigned node, uint32_t asc, uint32_t ascq);
bool expect_no_unit_attention(struct test *test, unsigned node);

enum {
    OPCODE_TEST_UNIT_READY = 0x00,
    STATUS_GOOD = 0x00,
    STATUS_CHECK_CONDITION = 0x02,
    STATUS_RESERVATION_CONFLICT = 0x18,
};

#endif
