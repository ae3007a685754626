/* While somebody has reserved the unit by RESERVE, persistent requests conflict, whoever asks
 * (SPC-2 5.5.1). Some disks let the holder have its way, or anybody look. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    unsigned asking;
    uint32_t code;
    uint8_t action;
    bool may_succeed;
} rows[] = {
    {"holder.read_keys", NODE_1, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, RESERVATION_ACTION_READ_KEYS,
     true},
    {"holder.read_reservations", NODE_1, IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
     RESERVATION_ACTION_READ_RESERVATIONS, true},
    {"holder.register", NODE_1, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_REGISTER,
     true},
    {"holder.register_ignore", NODE_1, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
     RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, true},
    {"stranger.read_keys", NODE_2, IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
     RESERVATION_ACTION_READ_KEYS, true},
    {"stranger.read_reservations", NODE_2, IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
     RESERVATION_ACTION_READ_RESERVATIONS, true},
    {"stranger.register", NODE_2, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_REGISTER,
     false},
    {"stranger.register_ignore", NODE_2, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
     RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, false},
};

enum { LIST_LENGTH = 64, EMPTY_LIST = 8 };

static struct request request_of(const struct test *test, unsigned row)
{
    const struct pr_out out = {
        .action = rows[row].action,
        .service_action_key = unit_key(test, rows[row].asking + 1),
    };

    return rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN
               ? request_pr_in(rows[row].action, LIST_LENGTH)
               : request_pr_out(&out);
}

static void run(struct test *test, unsigned row)
{
    const bool is_in = rows[row].code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN;
    const struct request request = request_of(test, row);
    const struct outcome outcomes[] = {
        {NT_STATUS_DEVICE_BUSY, 0, EVERYWHERE},
        {NT_STATUS_DEVICE_BUSY, is_in ? LIST_LENGTH : PR_OUT_LIST_LENGTH, ON_WINDOWS | ON_REACTOS},
        {NT_STATUS_SUCCESS, is_in ? EMPTY_LIST : 0, EVERYWHERE},
        {NT_STATUS_SUCCESS, PR_OUT_LIST_LENGTH, is_in ? 0 : ON_WINDOWS | ON_REACTOS},
    };

    if (!expect_plain(test, NODE_1, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS))
        return;
    expect_one_of(test, rows[row].asking, &request, QUESTION_LEGACY_AND_PR, outcomes,
                  rows[row].may_succeed ? COUNT(outcomes) : 2, NULL);
    if (test->nodes[NODE_2])
        expect_plain(test, NODE_2, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
    if (expect_plain(test, NODE_1, IOCTL_STORAGE_RELEASE, NT_STATUS_SUCCESS) &&
        !rows[row].may_succeed)
        expect_unit(test, &unit_free);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].asking == NODE_2 ? NEEDS_BOTH_NODES : 0;
}

const struct behaviour reserve_pr_conflicts = {
    .name = "reserve.pr_conflicts",
    .source = "SPC-2 5.5.1",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_PR,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
