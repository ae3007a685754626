/* A list that does not fit is a success: as many bytes as were asked for, not one behind them, and
 * AdditionalLength tells what there would be. The documentation speaks of STATUS_BUFFER_OVERFLOW in
 * one place and of success in another; the class driver never makes the former. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HEADER = 8, WHOLE_MAX = 24 };

static const uint16_t lengths[] = {8, 9, 12, 15, 16, 17, 20, 23, 24};

/* The rows of READ KEYS come first. */
static uint8_t action_of(unsigned row)
{
    return row < COUNT(lengths) ? RESERVATION_ACTION_READ_KEYS
                                : RESERVATION_ACTION_READ_RESERVATIONS;
}

static bool are_zeros(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i])
            return false;
    return true;
}

/* SPC cuts the list off at any byte; LIO puts whole entries into it, and zeros behind the last one
 * that fits. */
static void check_beginning(struct test *test, uint8_t action, const struct answer *all,
                            const struct answer *some, uint32_t length)
{
    const uint32_t entry = action == RESERVATION_ACTION_READ_KEYS ? 8 : 16;
    const uint32_t whole = HEADER + (length - HEADER) / entry * entry;
    const bool is_exact = memcmp(all->output, some->output, length) == 0;
    const bool is_zeroed = memcmp(all->output, some->output, whole) == 0 &&
                           are_zeros(some->output + whole, length - whole);

    if (check(test, is_exact || is_zeroed, "the truncated list", "the beginning of the whole one",
              "something else") &&
        whole < length)
        observe(test, QUESTION_PARTIAL_ENTRY, "%s", is_exact ? "its beginning" : "zeros");
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state held = {
        {unit_key(test, 1), 0}, NODE_1, RESERVATION_TYPE_EXCLUSIVE, NOBODY};
    const uint16_t length = lengths[row % COUNT(lengths)];
    const struct request whole = request_pr_in(action_of(row), WHOLE_MAX);
    const struct request part = request_pr_in(action_of(row), length);
    const uint32_t there = action_of(row) == RESERVATION_ACTION_READ_KEYS ? 16 : 24;
    const uint32_t proper = length < there ? length : there;
    struct answer all, some;

    if (!arrange(test, &held) || !expect(test, NODE_1, &whole, NT_STATUS_SUCCESS, there, &all) ||
        !expect(test, NODE_1, &part, NT_STATUS_SUCCESS, proper, &some))
        return;
    check(test, get_be32(some.output + 4) == there - HEADER, "AdditionalLength",
          "that of the whole list", "%" PRIu32, get_be32(some.output + 4));
    check_beginning(test, action_of(row), &all, &some, proper);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s_%u", row < COUNT(lengths) ? "keys" : "reservations",
             lengths[row % COUNT(lengths)]);
}

const struct behaviour pr_in_data_truncation = {
    .name = "pr_in.data.truncation",
    .source = "SPC-4 4.3.5.6 and 6.15; classpnp class.c ClassIoComplete",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .rows = 2 * COUNT(lengths),
    .row_name = row_name,
    .run = run,
};
