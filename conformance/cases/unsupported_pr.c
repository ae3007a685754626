/* A disk without persistent reservations refuses the commands, which is error 1, whatever the
 * documentation says (STATUS_IO_DEVICE_ERROR); and not a byte comes back. */
#include "../unit_state.h"

#include "../behaviour.h"

enum { LIST_ROOM = 64 };

static const struct {
    const char *name;
    uint8_t action;
    uint32_t overlapped, needs; /* with consent it is a PR OUT */
} rows[] = {
    {"read_keys", RESERVATION_ACTION_READ_KEYS, 0, 0},
    {"read_keys_overlapped", RESERVATION_ACTION_READ_KEYS, 1, 0},
    {"read_reservations", RESERVATION_ACTION_READ_RESERVATIONS, 0, 0},
    {"read_reservations_overlapped", RESERVATION_ACTION_READ_RESERVATIONS, 1, 0},
    {"register", RESERVATION_ACTION_REGISTER, 0, NEEDS_CONSENT},
    {"register_overlapped", RESERVATION_ACTION_REGISTER, 1, NEEDS_CONSENT},
};

static void run(struct test *test, unsigned row)
{
    const struct pr_out out = {.action = rows[row].action, .service_action_key = unit_key(test, 1)};
    struct request request = rows[row].needs & NEEDS_CONSENT
                                 ? request_pr_out(&out)
                                 : request_pr_in(rows[row].action, LIST_ROOM);

    request.overlapped = rows[row].overlapped;
    expect_status(test, NODE_1, &request, NT_STATUS_INVALID_DEVICE_REQUEST, NULL);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour unsupported_pr = {
    .name = "unsupported.pr",
    .source = "classpnp class.c ClassInterpretSenseInfo (ILLEGAL REQUEST)",
    .needs = NEEDS_CODES | NEEDS_NO_PR,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
