#include "spti_proof.h"

#include <stddef.h>
#include <string.h>

/* SPC-4 6.15 and 6.16 */
enum {
    READ_KEYS = 0x00,
    READ_RESERVATION = 0x01,
    ACTION_MASK = 0x1f,
    TYPE_MASK = 0x0f,
    KEY = 8,
    HEADER = 8,
    ADDITIONAL_LENGTH = 4,
    RESERVATION_TYPE = 21,
    RESERVATION_LIST = 24,
};

enum proof {
    NOTHING,
    NEW_KEY_IS_THERE,
    KEY_HOLDS,
    OWN_KEY_IS_GONE,
    OTHER_KEY_IS_GONE,
};

static const uint8_t proofs[ACTION_MASK + 1] = {
    [0x00] = NEW_KEY_IS_THERE,  /* REGISTER */
    [0x01] = KEY_HOLDS,         /* RESERVE */
    [0x03] = OWN_KEY_IS_GONE,   /* CLEAR */
    [0x04] = OTHER_KEY_IS_GONE, /* PREEMPT */
    [0x05] = OTHER_KEY_IS_GONE, /* PREEMPT AND ABORT */
    [0x06] = NEW_KEY_IS_THERE,  /* REGISTER AND IGNORE EXISTING KEY */
};

static const uint8_t *own_key(const struct scsi_command *command)
{
    return command->data;
}

static const uint8_t *action_key(const struct scsi_command *command)
{
    return own_key(command) + KEY;
}

static bool is_zero(const uint8_t *bytes, uint32_t length)
{
    while (length && !*bytes) {
        bytes++;
        length--;
    }
    return length == 0;
}

static enum proof proof_of(const struct scsi_command *command)
{
    enum proof proof;

    if (command->cdb[0] != SCSI_PERSISTENT_RESERVE_OUT ||
        command->transfer_length < SCSI_PR_OUT_PARAMETER_LENGTH)
        return NOTHING;
    proof = (enum proof)proofs[command->cdb[1] & ACTION_MASK];
    if ((proof == NEW_KEY_IS_THERE || proof == OTHER_KEY_IS_GONE) &&
        is_zero(action_key(command), KEY))
        return NOTHING;
    /* Who preempts its own key keeps it where it becomes the holder, SPC-4 5.12.11.2.6. */
    if (proof == OTHER_KEY_IS_GONE && memcmp(own_key(command), action_key(command), KEY) == 0)
        return NOTHING;
    return proof;
}

int spti_proof_wanted(const struct scsi_command *command)
{
    const enum proof proof = proof_of(command);

    if (proof == NOTHING)
        return SPTI_NO_PROOF;
    return proof == KEY_HOLDS ? READ_RESERVATION : READ_KEYS;
}

/* Bytes behind the header, as far as they have come. */
static uint32_t list_length(const uint8_t *list, uint32_t length)
{
    const uint8_t *at = list + ADDITIONAL_LENGTH;
    const uint32_t told = (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];

    return told < length - HEADER ? told : length - HEADER;
}

static bool has_key(const uint8_t *list, uint32_t length, const uint8_t *key)
{
    const uint32_t end = HEADER + list_length(list, length);

    for (uint32_t at = HEADER; at + KEY <= end; at += KEY)
        if (memcmp(list + at, key, KEY) == 0)
            return true;
    return false;
}

static bool holds(const struct scsi_command *command, const uint8_t *list, uint32_t length)
{
    return length >= RESERVATION_LIST && list_length(list, length) > 0 &&
           memcmp(list + HEADER, own_key(command), KEY) == 0 &&
           (list[RESERVATION_TYPE] & TYPE_MASK) == (command->cdb[2] & TYPE_MASK);
}

/* Each of these but RESERVE has counted up the generation, so its 0 is no disk's word. */
bool spti_proof_holds(const struct scsi_command *command, const uint8_t *list, uint32_t length)
{
    const enum proof proof = proof_of(command);

    if (proof == NOTHING)
        return true;
    if (length < HEADER)
        return false;
    if (proof == KEY_HOLDS)
        return holds(command, list, length);
    if (proof == NEW_KEY_IS_THERE)
        return has_key(list, length, action_key(command));
    return !is_zero(list, ADDITIONAL_LENGTH) &&
           !has_key(list, length,
                    proof == OWN_KEY_IS_GONE ? own_key(command) : action_key(command));
}
