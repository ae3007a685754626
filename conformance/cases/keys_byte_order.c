/* Windows swaps nothing: a key goes to the disk as it stands in the buffer, and comes back so. The
 * other side of each row is SCSI pass-through, from the other node where there is one. */
#include "../steps.h"

#include "../behaviour.h"

#include <inttypes.h>

enum { LENGTH = 24 };

static const struct {
    const char *name;
    bool by_code; /* registered by the control code, looked at by command; or the reverse */
    uint8_t action;
} rows[] = {
    {"code_to_command.keys", true, RESERVATION_ACTION_READ_KEYS},
    {"code_to_command.reservations", true, RESERVATION_ACTION_READ_RESERVATIONS},
    {"command_to_code.keys", false, RESERVATION_ACTION_READ_KEYS},
    {"command_to_code.reservations", false, RESERVATION_ACTION_READ_RESERVATIONS},
};

static bool send(struct test *test, bool by_code, const struct pr_out *out)
{
    const struct scsi_request command = scsi_pr_out(out);

    return by_code ? expect_out(test, NODE_1, out, NT_STATUS_SUCCESS)
                   : expect_scsi(test, NODE_1, &command, STATUS_GOOD);
}

static bool look(struct test *test, unsigned node, bool by_code, uint8_t action, uint64_t *key)
{
    const struct scsi_request command = scsi_pr_in(action, LENGTH);
    struct scsi_answer direct;
    struct answer answer;

    if (by_code ? !expect_in(test, node, action, LENGTH, &answer)
                : !ask_scsi(test, node, &command, &direct))
        return false;
    *key = get_be64((by_code ? answer.output : direct.data) + 8);
    return true;
}

static void run(struct test *test, unsigned row)
{
    const unsigned looking = test->nodes[NODE_2] ? NODE_2 : NODE_1;
    const uint64_t key = unit_key(test, 0x0102);
    const struct pr_out enter = {.action = RESERVATION_ACTION_REGISTER, .service_action_key = key};
    const struct pr_out reserve = {
        .action = RESERVATION_ACTION_RESERVE, .type = RESERVATION_TYPE_EXCLUSIVE, .key = key};
    uint64_t seen;

    if (send(test, rows[row].by_code, &enter) && send(test, rows[row].by_code, &reserve) &&
        look(test, looking, !rows[row].by_code, rows[row].action, &seen))
        check(test, seen == key, "the key", "as it was registered", "%016" PRIx64, seen);
}

const struct behaviour keys_byte_order = {
    .name = "keys.byte_order",
    .source = "DDI PRO_PARAMETER_LIST, PRI_RESERVATION_DESCRIPTOR; SPC-4 6.15 and 6.16.3",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_PASS_THROUGH,
    ROWS(rows),
    .run = run,
};
