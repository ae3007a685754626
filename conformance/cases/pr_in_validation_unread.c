/* What the class driver does not look at: Version, Reserved1 above the service action, the padding
 * behind it. Nor does it pass them on: a disk that finds reserved bits in a CDB may refuse it. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t version;
    uint8_t action_byte, padding;
} rows[] = {
    {"version_0", 0, 0, 0},
    {"version_1", 1, 0, 0},
    {"version_largest", 0xffffffff, 0, 0},
    {"reserved1_1", 12, 0x20, 0},
    {"reserved1_2", 12, 0x40, 0},
    {"reserved1_4", 12, 0x80, 0},
    {"reserved1_7", 12, 0xe0, 0},
    {"reserved1_7_reservations", 12, 0xe0 | RESERVATION_ACTION_READ_RESERVATIONS, 0},
    {"padding", 12, 0, 0xff},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(rows[row].action_byte, 8);

    request_set_version(&request, rows[row].version);
    request.input[9] = rows[row].padding;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 8, NULL);
}

const struct behaviour pr_in_validation_unread = {
    .name = "pr_in.validation.unread",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
