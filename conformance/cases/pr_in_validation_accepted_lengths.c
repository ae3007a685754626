/* An output buffer of AllocationLength or more is right; eight bytes are enough for either list. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t action;
    uint32_t output_length;
} rows[] = {
    {"keys_8_of_8", RESERVATION_ACTION_READ_KEYS, 8},
    {"keys_8_of_9", RESERVATION_ACTION_READ_KEYS, 9},
    {"keys_8_of_65535", RESERVATION_ACTION_READ_KEYS, 65535},
    {"reservations_8_of_8", RESERVATION_ACTION_READ_RESERVATIONS, 8},
    {"reservations_8_of_9", RESERVATION_ACTION_READ_RESERVATIONS, 9},
    {"reservations_8_of_65535", RESERVATION_ACTION_READ_RESERVATIONS, 65535},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(rows[row].action, 8);

    request.output_length = rows[row].output_length;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 8, NULL);
}

const struct behaviour pr_in_validation_accepted_lengths = {
    .name = "pr_in.validation.accepted_lengths",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
