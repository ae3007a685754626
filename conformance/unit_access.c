#include "unit_access.h"

#include <ntddstor/reservation.h>
#include <string.h>

enum {
    OPCODE_TEST_UNIT_READY = 0x00,
    OPCODE_RESERVE_6 = 0x16,
    OPCODE_RELEASE_6 = 0x17,
    OPCODE_RESERVE_10 = 0x56,
    OPCODE_RELEASE_10 = 0x57,
    CDB_10 = 10,
    STATUS_CHECK_CONDITION = 0x02,
    STATUS_RESERVATION_CONFLICT = 0x18,
    KEY_ILLEGAL_REQUEST = 5,
    KEY_UNIT_ATTENTION = 6,
    ASC_INVALID_OPCODE = 0x20,
    ERROR_CODE_INVALID_FUNCTION = 1, /* winerror.h's, without winerror.h */
    ERROR_CODE_NOT_SUPPORTED = 50,
    ERROR_CODE_BUSY = 170,
    ATTEMPTS = 8,
    LIST_HEADER = 8,
    KEY_SIZE = 8,
    RESERVATION_LIST = LIST_HEADER + 16,
    TYPE_BYTE = LIST_HEADER + 13,
};

const char *reply_words(enum reply reply)
{
    static const char *const words[] = {
        [REPLY_DONE] = "done",
        [REPLY_CONFLICT] = "a reservation conflict",
        [REPLY_UNSUPPORTED] = "the disk does not know the command",
        [REPLY_NO_DOOR] = "neither SCSI pass-through nor the control codes work here",
        [REPLY_FAILED] = "the request failed",
    };
    return words[reply];
}

static enum reply reply_of_scsi(const struct scsi_answer *answer)
{
    switch (answer->status) {
    case 0:
        return REPLY_DONE;
    case STATUS_RESERVATION_CONFLICT:
        return REPLY_CONFLICT;
    case STATUS_CHECK_CONDITION:
        return answer->key == KEY_ILLEGAL_REQUEST && answer->asc == ASC_INVALID_OPCODE
                   ? REPLY_UNSUPPORTED
                   : REPLY_FAILED;
    default:
        return REPLY_FAILED;
    }
}

enum reply unit_command(struct node *node, const struct scsi_request *request,
                        struct scsi_answer *answer)
{
    for (int i = 0; i < ATTEMPTS; i++) {
        if (!node_scsi(node, request, answer))
            return REPLY_FAILED;
        if (!answer->returned)
            return REPLY_NO_DOOR;
        if (answer->status != STATUS_CHECK_CONDITION || answer->key != KEY_UNIT_ATTENTION)
            break;
    }
    return reply_of_scsi(answer);
}

/* The same by a control code. Its error 1 is what a disk's 5/20 becomes, and on some systems also
 * what a code is that they do not have. */
static enum reply by_code(struct node *node, const struct request *request, struct answer *answer)
{
    if (!node_request(node, request, answer))
        return REPLY_FAILED;
    if (answer->returned)
        return REPLY_DONE;
    switch (answer->error) {
    case ERROR_CODE_BUSY:
        return REPLY_CONFLICT;
    case ERROR_CODE_INVALID_FUNCTION:
        return REPLY_UNSUPPORTED;
    case ERROR_CODE_NOT_SUPPORTED:
        return REPLY_NO_DOOR;
    default:
        return REPLY_FAILED;
    }
}

/* A list of PERSISTENT RESERVE IN: the bytes that came, at most `length`. */
static enum reply read_list(struct node *node, uint8_t action, uint16_t length, uint8_t *list,
                            uint32_t *bytes)
{
    const struct scsi_request command = scsi_pr_in(action, length);
    const struct request request = request_pr_in(action, length);
    struct scsi_answer scsi;
    struct answer answer;
    enum reply reply = unit_command(node, &command, &scsi);

    if (reply == REPLY_DONE) {
        *bytes = scsi.transferred < length ? scsi.transferred : length;
        memcpy(list, scsi.data, *bytes);
    } else if (reply == REPLY_NO_DOOR) {
        reply = by_code(node, &request, &answer);
        *bytes = answer.bytes < length ? answer.bytes : length;
        memcpy(list, answer.output, reply == REPLY_DONE ? *bytes : 0);
    }
    return reply == REPLY_DONE && *bytes < LIST_HEADER ? REPLY_FAILED : reply;
}

enum reply unit_read_keys(struct node *node, struct unit_keys *keys)
{
    uint8_t list[LIST_HEADER + UNIT_KEYS_MAX * KEY_SIZE];
    uint32_t bytes = 0;
    const enum reply reply =
        read_list(node, RESERVATION_ACTION_READ_KEYS, sizeof(list), list, &bytes);

    memset(keys, 0, sizeof(*keys));
    if (reply != REPLY_DONE)
        return reply;
    keys->generation = get_be32(list);
    keys->total = get_be32(list + 4) / KEY_SIZE;
    while (keys->count < keys->total && LIST_HEADER + (keys->count + 1) * KEY_SIZE <= bytes) {
        keys->key[keys->count] = get_be64(list + LIST_HEADER + (size_t)keys->count * KEY_SIZE);
        keys->count++;
    }
    return REPLY_DONE;
}

enum reply unit_read_reservation(struct node *node, struct unit_reservation *reservation)
{
    uint8_t list[RESERVATION_LIST];
    uint32_t bytes = 0;
    const enum reply reply =
        read_list(node, RESERVATION_ACTION_READ_RESERVATIONS, sizeof(list), list, &bytes);

    memset(reservation, 0, sizeof(*reservation));
    if (reply != REPLY_DONE || get_be32(list + 4) == 0)
        return reply;
    if (bytes < sizeof(list))
        return REPLY_FAILED;
    reservation->held = true;
    reservation->key = get_be64(list + LIST_HEADER);
    reservation->scope = list[TYPE_BYTE] >> 4;
    reservation->type = list[TYPE_BYTE] & 15;
    return REPLY_DONE;
}

static enum reply by_either(struct node *node, const struct scsi_request *command,
                            const struct request *request)
{
    struct scsi_answer scsi;
    struct answer answer;
    const enum reply reply = unit_command(node, command, &scsi);

    return reply == REPLY_NO_DOOR ? by_code(node, request, &answer) : reply;
}

enum reply unit_pr_out(struct node *node, const struct pr_out *out)
{
    const struct scsi_request command = scsi_pr_out(out);
    const struct request request = request_pr_out(out);

    return by_either(node, &command, &request);
}

enum reply unit_register(struct node *node, uint64_t old_key, uint64_t key)
{
    const struct pr_out out = {
        .action = RESERVATION_ACTION_REGISTER,
        .key = old_key,
        .service_action_key = key,
    };

    return unit_pr_out(node, &out);
}

/* The whole unit. A disk may know the longer command alone, which drivers then send instead. */
static enum reply legacy(struct node *node, uint8_t opcode_6, uint8_t opcode_10, uint32_t code)
{
    struct scsi_request command = scsi_plain(opcode_6);
    const struct request request = request_plain(code);
    const enum reply reply = by_either(node, &command, &request);

    if (reply != REPLY_UNSUPPORTED)
        return reply;
    command = scsi_plain(opcode_10);
    command.cdb_length = CDB_10;
    return by_either(node, &command, &request);
}

enum reply unit_reserve(struct node *node)
{
    return legacy(node, OPCODE_RESERVE_6, OPCODE_RESERVE_10, IOCTL_STORAGE_RESERVE);
}

enum reply unit_release(struct node *node)
{
    return legacy(node, OPCODE_RELEASE_6, OPCODE_RELEASE_10, IOCTL_STORAGE_RELEASE);
}

enum reply unit_test_ready(struct node *node)
{
    const struct scsi_request command = scsi_plain(OPCODE_TEST_UNIT_READY);
    struct scsi_answer answer;

    return unit_command(node, &command, &answer);
}

static enum reply raw_block(struct node *node, uint32_t action, uint32_t block, uint32_t size,
                            const uint8_t *out, uint8_t *in)
{
    struct raw_request request;
    struct raw_answer answer;

    memset(&request, 0, sizeof(request));
    request.action = action;
    request.offset = (uint64_t)block * size;
    request.length = size;
    if (out)
        memcpy(request.data, out, size);
    if (!node_raw(node, &request, &answer))
        return REPLY_FAILED;
    if (!answer.returned)
        return answer.error == ERROR_CODE_BUSY ? REPLY_CONFLICT : REPLY_FAILED;
    if (answer.bytes != size)
        return REPLY_FAILED;
    if (in)
        memcpy(in, answer.data, size);
    return REPLY_DONE;
}

enum reply unit_read_block(struct node *node, uint32_t block, uint32_t size, uint8_t *data)
{
    struct scsi_request command;
    struct scsi_answer answer;
    enum reply reply;

    if (!size || size > SCSI_DATA_MAX)
        return REPLY_FAILED;
    command = scsi_read(block, size);
    reply = unit_command(node, &command, &answer);
    if (reply == REPLY_NO_DOOR)
        return raw_block(node, RAW_READ, block, size, NULL, data);
    if (reply == REPLY_DONE && answer.transferred < size)
        return REPLY_FAILED;
    if (reply == REPLY_DONE)
        memcpy(data, answer.data, size);
    return reply;
}

enum reply unit_write_block(struct node *node, uint32_t block, uint32_t size, const uint8_t *data)
{
    struct scsi_request command;
    struct scsi_answer answer;
    enum reply reply;

    if (!size || size > SCSI_DATA_MAX)
        return REPLY_FAILED;
    command = scsi_write(block, size);
    memcpy(command.data, data, size);
    reply = unit_command(node, &command, &answer);
    return reply == REPLY_NO_DOOR ? raw_block(node, RAW_WRITE, block, size, data, NULL) : reply;
}
