/* What PR IN returns is what the disk says to the same command by another way: not a byte is
 * swapped or moved, in neither direction. The registration is made by the control code or by
 * pass-through, and looked at by the other one. The key reads differently backwards. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <inttypes.h>
#include <string.h>

enum { LENGTH = 64 };

static const struct {
    const char *name;
    uint8_t list;
    bool made_by_pass_through;
} rows[] = {
    {"keys_by_pr_out", RESERVATION_ACTION_READ_KEYS, false},
    {"reservation_by_pr_out", RESERVATION_ACTION_READ_RESERVATIONS, false},
    {"keys_by_pass_through", RESERVATION_ACTION_READ_KEYS, true},
    {"reservation_by_pass_through", RESERVATION_ACTION_READ_RESERVATIONS, true},
};

static bool make(struct test *test, const struct pr_out *out, bool by_pass_through)
{
    const struct scsi_request command = scsi_pr_out(out);
    const struct request request = request_pr_out(out);

    return by_pass_through ? expect_scsi(test, NODE_1, &command, 0)
                           : expect_status(test, NODE_1, &request, NT_STATUS_SUCCESS, NULL);
}

static void run(struct test *test, unsigned row)
{
    const uint64_t key = unit_key(test, 0x17e);
    const struct pr_out enter = {.service_action_key = key};
    const struct pr_out hold = {.action = RESERVATION_ACTION_RESERVE,
                                .type = RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS,
                                .key = key};
    const struct scsi_request command = scsi_pr_in(rows[row].list, LENGTH);
    const struct request request = request_pr_in(rows[row].list, LENGTH);
    const uint32_t length = rows[row].list == RESERVATION_ACTION_READ_KEYS ? 16 : 24;
    struct scsi_answer disk;
    struct answer answer;

    if (!make(test, &enter, rows[row].made_by_pass_through) ||
        !make(test, &hold, rows[row].made_by_pass_through) ||
        !ask_scsi(test, NODE_1, &command, &disk) ||
        !expect(test, NODE_1, &request, NT_STATUS_SUCCESS, length, &answer))
        return;
    check(test, get_be64(disk.data + 8) == key, "the key as the disk has it", "the one chosen",
          "%016" PRIx64, get_be64(disk.data + 8));
    check(test, memcmp(disk.data, answer.output, length) == 0, "the list that PR_IN returns",
          "the disk's, byte for byte", "something else");
}

const struct behaviour pr_in_data_as_the_disk_has_it = {
    .name = "pr_in.data.as_the_disk_has_it",
    .source = "SPC-4 6.15, 6.16.3; classpnp utils.c ClasspPersistentReserve swaps nothing",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
