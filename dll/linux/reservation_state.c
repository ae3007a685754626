#include "reservation_state.h"

#include "../command/lists.h"
#include "../scsi/sense.h"
#include <ntddstor/reservation.h>

#include <string.h>

enum {
    ATTEMPTS = 5, /* unit attentions wait in a queue, and each is told once */
    CAPABILITIES_LENGTH = 8,
    ASC_INVALID_OPCODE = 0x20,
    ASC_INVALID_FIELD = 0x24,
};

static const struct {
    const char *name, *words;
} answers[STATE_ANSWERS] = {
    [STATE_ANSWERED] = {"yes", "yes"},
    [STATE_UNSUPPORTED] = {"unsupported", "the disk has no persistent reservations"},
    [STATE_CONFLICT] = {"conflict", "another node has reserved the disk (SCSI RESERVE)"},
    [STATE_NOT_READY] = {"not-ready", "the disk is not ready"},
    [STATE_DENIED] = {"denied", "this user may not ask the disk"},
    [STATE_GONE] = {"gone", "the disk is gone"},
    [STATE_NO_ANSWER] = {"no-answer", "the disk does not answer"},
    [STATE_FAILED] = {"failed", "the disk or the path to it failed"},
};

const char *state_answer_words(enum state_answer answer)
{
    return answers[answer].words;
}

const char *state_answer_name(enum state_answer answer)
{
    return answers[answer].name;
}

struct session {
    const struct scsi_transport *transport;
    void *disk;
    uint32_t timeout_ms;
};

static enum state_answer answer_from_transport(int error)
{
    switch (error) {
    case SCSI_NOT_PERMITTED:
        return STATE_DENIED;
    case SCSI_DEVICE_GONE:
        return STATE_GONE;
    case SCSI_NOT_SUPPORTED:
        return STATE_UNSUPPORTED;
    default:
        return STATE_FAILED;
    }
}

/* DID_NO_CONNECT, DID_BUS_BUSY and DID_TIME_OUT of include/scsi/scsi_status.h. */
static enum state_answer answer_from_host(uint8_t host_status)
{
    return host_status >= 1 && host_status <= 3 ? STATE_NO_ANSWER : STATE_FAILED;
}

static enum state_answer answer_from_sense(const struct scsi_result *result, bool *again)
{
    const struct scsi_sense sense = scsi_decode_sense(result->sense, result->sense_length);

    *again = sense.key == SCSI_UNIT_ATTENTION;
    if (sense.key == SCSI_RECOVERED_ERROR)
        return STATE_ANSWERED;
    if (sense.key == SCSI_NOT_READY)
        return STATE_NOT_READY;
    if (sense.key == SCSI_ILLEGAL_REQUEST &&
        (sense.asc == ASC_INVALID_OPCODE || sense.asc == ASC_INVALID_FIELD))
        return STATE_UNSUPPORTED;
    return STATE_FAILED;
}

static enum state_answer judge(const struct scsi_result *result, bool *again)
{
    *again = false;
    if (result->host_status)
        return answer_from_host(result->host_status);
    switch (result->status) {
    case SCSI_STATUS_GOOD:
        return STATE_ANSWERED;
    case SCSI_STATUS_CHECK_CONDITION:
        return answer_from_sense(result, again);
    case SCSI_STATUS_RESERVATION_CONFLICT:
        return STATE_CONFLICT;
    case SCSI_STATUS_BUSY:
    case SCSI_STATUS_TASK_SET_FULL:
        *again = true;
        return STATE_NOT_READY;
    default:
        return STATE_FAILED;
    }
}

/* As list_source; its errors are enum state_answer. */
static uint32_t read_in(void *context, uint8_t service_action, void *buffer, uint32_t length,
                        uint32_t *returned)
{
    const struct session *session = context;
    enum state_answer answer = STATE_FAILED;
    struct scsi_command command;
    struct scsi_result result;
    bool again = true;

    for (int attempt = 0; again && attempt < ATTEMPTS; attempt++) {
        scsi_build_pr_in(&command, service_action, (uint16_t)length);
        command.data = buffer;
        command.timeout_ms = session->timeout_ms;
        scsi_result_clear(&result);
        const int error = session->transport->execute(session->disk, &command, &result);
        if (error)
            return answer_from_transport(error);
        answer = judge(&result, &again);
    }
    *returned = answer == STATE_ANSWERED ? result.transferred : 0;
    return answer;
}

/* list_read has errors of its own, which are no answers of a disk. */
static enum state_answer read_list(struct session *session, uint8_t action, struct list *list)
{
    const uint32_t error = list_read(read_in, session, action, list);
    return error == LIST_OUT_OF_MEMORY || error == LIST_MALFORMED ? STATE_FAILED
                                                                  : (enum state_answer)error;
}

static enum state_answer ask_keys(struct session *session, struct reservation_state *state)
{
    struct list list;
    const enum state_answer answer = read_list(session, RESERVATION_ACTION_READ_KEYS, &list);

    if (answer != STATE_ANSWERED)
        return answer;
    state->generation = list.generation;
    state->key_total = list.total;
    while (state->key_count < list.count && state->key_count < STATE_KEYS_MAX) {
        state->keys[state->key_count] = list_key(&list, state->key_count);
        state->key_count++;
    }
    list_free(&list);
    return STATE_ANSWERED;
}

static enum state_answer ask_holder(struct session *session, struct reservation_state *state)
{
    struct list list;
    const enum state_answer answer =
        read_list(session, RESERVATION_ACTION_READ_RESERVATIONS, &list);

    if (answer != STATE_ANSWERED)
        return answer;
    if (list.count) {
        const struct list_reservation reservation = list_reservation(&list, 0);
        state->is_reserved = true;
        state->holder = reservation.key;
        state->type = reservation.type;
        state->scope = reservation.scope;
    }
    list_free(&list);
    return STATE_ANSWERED;
}

/* SPC-4 6.15.4. An older disk does not know the action; that says nothing about the others. */
static void ask_capabilities(struct session *session, struct reservation_state *state)
{
    uint8_t data[CAPABILITIES_LENGTH] = {0};
    uint32_t returned = 0;

    if (read_in(session, 2, data, sizeof(data), &returned) != STATE_ANSWERED ||
        returned < sizeof(data))
        return;
    state->has_capabilities = true;
    state->keeps_through_power_loss = data[2] & 1;
    if (data[3] & 0x80) /* TMV: the mask that follows is valid */
        state->types = (uint16_t)(data[4] & 0xea) | (uint16_t)((data[5] & 1) << 8);
}

struct reservation_state state_ask(const struct scsi_transport *transport, void *disk,
                                   uint32_t timeout_ms)
{
    struct session session = {transport, disk, timeout_ms};
    struct reservation_state state = {0};

    state.answer = ask_keys(&session, &state);
    if (state.answer == STATE_ANSWERED)
        state.answer = ask_holder(&session, &state);
    if (state.answer == STATE_ANSWERED)
        ask_capabilities(&session, &state);
    return state;
}
