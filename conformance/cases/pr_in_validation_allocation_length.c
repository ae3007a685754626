/* Both actions want room for the eight bytes that every list begins with, and an output buffer that
 * holds all that may come. Nothing is sent. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
    uint16_t allocation_length;
    uint32_t output_length;
} rows[] = {
    {"keys_0", RESERVATION_ACTION_READ_KEYS, 0, 64},
    {"keys_7", RESERVATION_ACTION_READ_KEYS, 7, 64},
    {"reservations_0", RESERVATION_ACTION_READ_RESERVATIONS, 0, 64},
    {"reservations_7", RESERVATION_ACTION_READ_RESERVATIONS, 7, 64},
    {"keys_above_output", RESERVATION_ACTION_READ_KEYS, 64, 63},
    {"reservations_above_output", RESERVATION_ACTION_READ_RESERVATIONS, 24, 23},
    {"largest_above_output", RESERVATION_ACTION_READ_KEYS, 0xffff, 0xfffe},
    {"no_output", RESERVATION_ACTION_READ_KEYS, 8, 0},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(rows[row].action, rows[row].allocation_length);

    request.output_length = rows[row].output_length;
    expect(test, NODE_1, &request, NT_STATUS_INVALID_PARAMETER, 0, NULL);
}

const struct behaviour pr_in_validation_allocation_length = {
    .name = "pr_in.validation.allocation_length",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
};
