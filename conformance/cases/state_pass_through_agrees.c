/* The control code gives what the disk gives to the command itself, byte for byte. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

#include <stdio.h>
#include <string.h>

static const uint8_t actions[] = {RESERVATION_ACTION_READ_KEYS,
                                  RESERVATION_ACTION_READ_RESERVATIONS};
enum { ACTIONS = 2, LENGTH = 64 };

static unsigned row_node(unsigned row)
{
    return row / ACTIONS % NODES;
}

static bool is_held(unsigned row)
{
    return row / ACTIONS / NODES != 0;
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "node_%u.%s.%s", row_node(row) + 1, is_held(row) ? "held" : "registered",
             row % ACTIONS ? "reservations" : "keys");
}

static uint32_t row_needs(unsigned row)
{
    return row_node(row) == NODE_2 ? NEEDS_BOTH_NODES : 0;
}

static void run(struct test *test, unsigned row)
{
    const unsigned node = row_node(row);
    const struct unit_state state = situation_state(
        test, node, is_held(row) ? WE_HOLD : WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS);
    const struct scsi_request command = scsi_pr_in(actions[row % ACTIONS], LENGTH);
    struct scsi_answer direct;
    struct answer answer;

    if (arrange(test, &state) && ask_scsi(test, node, &command, &direct) &&
        expect_in(test, node, actions[row % ACTIONS], LENGTH, &answer))
        check(test,
              direct.status == STATUS_GOOD && answer.bytes >= 8 && answer.bytes <= LENGTH &&
                  memcmp(direct.data, answer.output, answer.bytes) == 0,
              "PR_IN beside SCSI pass-through", "the same bytes", "%u bytes, or others",
              (unsigned)answer.bytes);
}

const struct behaviour state_pass_through_agrees = {
    .name = "state.pass_through_agrees",
    .source = "document page IOCTL_STORAGE_PERSISTENT_RESERVE_IN; SPC-4 6.15",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_PASS_THROUGH,
    .rows = ACTIONS * NODES * 2,
    .row_name = row_name,
    .row_needs = row_needs,
    .run = run,
};
