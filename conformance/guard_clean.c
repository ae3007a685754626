#include "guard.h"

#include "nt_status.h"

#include <ntddstor/reservation.h>
#include <stdio.h>

enum {
    OPCODE_RESERVE_6 = 0x16,
    OPCODE_RELEASE_6 = 0x17,
    OPCODE_RESERVE_10 = 0x56,
    OPCODE_RELEASE_10 = 0x57,
    OPCODE_PR_OUT = 0x5f,
};

enum {
    SCSI_CHECK_CONDITION = 0x02,
    SCSI_CONFLICT = 0x18,
    KEY_UNIT_ATTENTION = 6,
    UNIT_ATTENTIONS = 8, /* that are taken before a command is given up */
};

/* DONE_MAYBE: the answer got lost on the way, or there was none. */
enum done { NOT_DONE, DONE_MAYBE, DONE };

static enum done done_by_code(const struct answer *answer)
{
    if (!answer)
        return DONE_MAYBE;
    if (nt_status_is_success(answer->status))
        return DONE;
    switch (answer->status) {
    case NT_STATUS_IO_TIMEOUT:
    case NT_STATUS_IO_DEVICE_ERROR:
    case NT_STATUS_DEVICE_NOT_CONNECTED:
    case NT_STATUS_CANCELLED:
        return DONE_MAYBE;
    default:
        return NOT_DONE;
    }
}

static enum done done_by_scsi(const struct scsi_answer *answer)
{
    if (!answer)
        return DONE_MAYBE;
    if (!answer->returned)
        return answer->error == nt_status_error(NT_STATUS_IO_TIMEOUT) ||
                       answer->error == nt_status_error(NT_STATUS_IO_DEVICE_ERROR)
                   ? DONE_MAYBE
                   : NOT_DONE;
    return answer->status == 0 ? DONE : NOT_DONE;
}

static void set(enum guard_door *has, enum guard_door door, enum done done)
{
    if (done != NOT_DONE)
        *has = door;
}

static void unset(enum guard_door *has, enum done done)
{
    if (done == DONE)
        *has = DOOR_NONE;
}

/* SPC-4 5.12: with a service action key of 0 a registration goes, and CLEAR takes everyone's. */
static void note_pr_out(struct guard *guard, uint8_t action, const uint8_t *list,
                        enum guard_door door, enum done done)
{
    switch (action) {
    case RESERVATION_ACTION_REGISTER:
    case RESERVATION_ACTION_REGISTER_IGNORE_EXISTING:
        if (get_be64(list + 8) != 0)
            set(&guard->registered, door, done);
        else
            unset(&guard->registered, done);
        break;
    case RESERVATION_ACTION_CLEAR:
        unset(&guard->registered, done);
        break;
    default:
        break;
    }
}

void guard_note_request(struct guard *guard, const struct request *request,
                        const struct answer *answer)
{
    const enum done done = done_by_code(answer);

    switch (request->code) {
    case IOCTL_STORAGE_RESERVE:
    case IOCTL_DISK_RESERVE:
        set(&guard->reserved, DOOR_CODES, done);
        break;
    case IOCTL_STORAGE_RELEASE:
    case IOCTL_DISK_RELEASE:
    case IOCTL_STORAGE_BREAK_RESERVATION:
    case IOCTL_STORAGE_RESET_BUS:
        unset(&guard->reserved, done);
        break;
    case IOCTL_STORAGE_PERSISTENT_RESERVE_OUT:
    case DISK_PERSISTENT_RESERVE_IN:
    case DISK_PERSISTENT_RESERVE_OUT:
        note_pr_out(guard, request->input[8] & 0x1f, request->input + PR_PARAMETER_OFFSET,
                    DOOR_CODES, done);
        break;
    default:
        break;
    }
}

void guard_note_scsi(struct guard *guard, const struct scsi_request *request,
                     const struct scsi_answer *answer)
{
    const enum done done = done_by_scsi(answer);

    switch (request->cdb[0]) {
    case OPCODE_RESERVE_6:
    case OPCODE_RESERVE_10:
        set(&guard->reserved, DOOR_SCSI, done);
        break;
    case OPCODE_RELEASE_6:
    case OPCODE_RELEASE_10:
        unset(&guard->reserved, done);
        break;
    case OPCODE_PR_OUT:
        note_pr_out(guard, request->cdb[1] & 0x1f, request->data, DOOR_SCSI, done);
        break;
    default:
        break;
    }
}

/* A conflict says that it is another's by now, not ours. */
static bool send_code(struct node *node, const struct request *request)
{
    struct answer answer;

    return node_request(node, request, &answer) &&
           (nt_status_is_success(answer.status) || answer.status == NT_STATUS_DEVICE_BUSY);
}

static bool send_scsi(struct node *node, const struct scsi_request *request)
{
    struct scsi_answer answer;

    for (int i = 0; i < UNIT_ATTENTIONS; i++) {
        if (!node_scsi(node, request, &answer) || !answer.returned)
            return false;
        if (answer.status != SCSI_CHECK_CONDITION || answer.key != KEY_UNIT_ATTENTION)
            return answer.status == 0 || answer.status == SCSI_CONFLICT;
    }
    return false;
}

static bool unregister(struct node *node, enum guard_door door)
{
    const struct pr_out out = {.action = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING};

    if (door == DOOR_SCSI) {
        const struct scsi_request request = scsi_pr_out(&out);

        return send_scsi(node, &request);
    }
    const struct request request = request_pr_out(&out);

    return send_code(node, &request);
}

static bool release(struct node *node, enum guard_door door)
{
    if (door == DOOR_SCSI) {
        const struct scsi_request request = scsi_plain(OPCODE_RELEASE_6);

        return send_scsi(node, &request);
    }
    const struct request request = request_plain(IOCTL_STORAGE_RELEASE);

    return send_code(node, &request);
}

bool guard_clean(struct guard *guard, struct node *node, char words[GUARD_REASON_MAX])
{
    const char *what = guard->registered && guard->reserved ? "registration and reservation"
                       : guard->registered                  ? "registration"
                                                            : "reservation";
    bool released = true, unregistered = true;

    words[0] = '\0';
    if (!guard->registered && !guard->reserved)
        return true;
    if (guard->reserved)
        released = release(node, guard->reserved);
    if (guard->registered)
        unregistered = unregister(node, guard->registered);
    if (released)
        guard->reserved = DOOR_NONE;
    if (unregistered)
        guard->registered = DOOR_NONE;
    snprintf(words, GUARD_REASON_MAX, "%s this machine's %s",
             released && unregistered ? "took back" : "could not take back", what);
    return released && unregistered;
}
