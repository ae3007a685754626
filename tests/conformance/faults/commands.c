/* Faults in the command on its way to the disk and in the bytes that come back: CDB, parameter
 * list, byte order, and whether it is sent at all. */
#include "faults.h"

#include <ntddstor/reservation.h>
#include <string.h>

enum {
    KEY = 0, /* offsets in the parameter list, SPC-4 table 210 */
    SERVICE_ACTION_KEY = 8,
    KEY_LENGTH = 8,
    FLAGS = 20,
    APTPL = 1,
    LIST_HEADER = 8,
};

/* A command that can be changed; the list is that of PR OUT. */
struct altered {
    struct scsi_command command;
    uint8_t list[SCSI_PR_OUT_PARAMETER_LENGTH];
};

static bool is_pr_in(const struct scsi_command *command)
{
    return command->cdb[0] == SCSI_PERSISTENT_RESERVE_IN;
}

static bool is_pr_out(const struct scsi_command *command)
{
    return command->cdb[0] == SCSI_PERSISTENT_RESERVE_OUT;
}

static bool is_pr_out_action(const struct scsi_command *command, uint8_t action)
{
    return is_pr_out(command) && command->cdb[1] == action;
}

static void copy(struct altered *altered, const struct scsi_command *command)
{
    altered->command = *command;
    memset(altered->list, 0, sizeof(altered->list));
    if (!is_pr_out(command))
        return;
    memcpy(altered->list, command->data, sizeof(altered->list));
    altered->command.data = altered->list;
}

static void reverse(uint8_t *bytes, unsigned length)
{
    for (unsigned i = 0; i < length / 2; i++) {
        const uint8_t byte = bytes[i];

        bytes[i] = bytes[length - 1 - i];
        bytes[length - 1 - i] = byte;
    }
}

/* ---- The CDB ---- */

int fault_scope_and_type_exchanged(void *disk, const struct scsi_command *command,
                                   struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out(command))
        altered.command.cdb[2] = (uint8_t)(command->cdb[2] << 4 | command->cdb[2] >> 4);
    return real_execute(disk, &altered.command, result);
}

int fault_type_dropped(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out_action(command, RESERVATION_ACTION_RESERVE))
        altered.command.cdb[2] = RESERVATION_TYPE_WRITE_EXCLUSIVE;
    return real_execute(disk, &altered.command, result);
}

int fault_scope_dropped(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out(command))
        altered.command.cdb[2] &= 0x0f;
    return real_execute(disk, &altered.command, result);
}

int fault_preempt_type_dropped(void *disk, const struct scsi_command *command,
                               struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out_action(command, RESERVATION_ACTION_PREEMPT))
        altered.command.cdb[2] = RESERVATION_TYPE_WRITE_EXCLUSIVE;
    return real_execute(disk, &altered.command, result);
}

int fault_allocation_little_endian(void *disk, const struct scsi_command *command,
                                   struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_in(command)) {
        altered.command.cdb[7] = command->cdb[8];
        altered.command.cdb[8] = command->cdb[7];
    }
    return real_execute(disk, &altered.command, result);
}

int fault_allocation_one_byte(void *disk, const struct scsi_command *command,
                              struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_in(command))
        altered.command.cdb[7] = 0;
    return real_execute(disk, &altered.command, result);
}

int fault_parameter_length(void *disk, const struct scsi_command *command,
                           struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out(command))
        altered.command.cdb[8] = 36;
    return real_execute(disk, &altered.command, result);
}

static int with_action(void *disk, const struct scsi_command *command, struct scsi_result *result,
                       uint8_t from, uint8_t to)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out_action(command, from))
        altered.command.cdb[1] = to;
    return real_execute(disk, &altered.command, result);
}

int fault_register_sent_as_ignore(void *disk, const struct scsi_command *command,
                                  struct scsi_result *result)
{
    return with_action(disk, command, result, RESERVATION_ACTION_REGISTER,
                       RESERVATION_ACTION_REGISTER_IGNORE_EXISTING);
}

int fault_ignore_sent_as_register(void *disk, const struct scsi_command *command,
                                  struct scsi_result *result)
{
    return with_action(disk, command, result, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING,
                       RESERVATION_ACTION_REGISTER);
}

int fault_clear_sent_as_release(void *disk, const struct scsi_command *command,
                                struct scsi_result *result)
{
    return with_action(disk, command, result, RESERVATION_ACTION_CLEAR, RESERVATION_ACTION_RELEASE);
}

int fault_preempt_sent_as_reserve(void *disk, const struct scsi_command *command,
                                  struct scsi_result *result)
{
    return with_action(disk, command, result, RESERVATION_ACTION_PREEMPT,
                       RESERVATION_ACTION_RESERVE);
}

int fault_preempt_abort_sent_as_clear(void *disk, const struct scsi_command *command,
                                      struct scsi_result *result)
{
    return with_action(disk, command, result, RESERVATION_ACTION_PREEMPT_ABORT,
                       RESERVATION_ACTION_CLEAR);
}

int fault_release_sent_as_clear(void *disk, const struct scsi_command *command,
                                struct scsi_result *result)
{
    return with_action(disk, command, result, RESERVATION_ACTION_RELEASE, RESERVATION_ACTION_CLEAR);
}

int fault_lists_exchanged(void *disk, const struct scsi_command *command,
                          struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_in(command))
        altered.command.cdb[1] ^= 1;
    return real_execute(disk, &altered.command, result);
}

int fault_reserve_and_release_exchanged(void *disk, const struct scsi_command *command,
                                        struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (command->cdb[0] == SCSI_RESERVE_6 || command->cdb[0] == SCSI_RELEASE_6)
        altered.command.cdb[0] ^= SCSI_RESERVE_6 ^ SCSI_RELEASE_6;
    return real_execute(disk, &altered.command, result);
}

/* ---- The parameter list ---- */

/* As if the list began at 12, behind the command structure. */
int fault_list_at_12(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    memmove(altered.list, altered.list + 2, sizeof(altered.list) - 2);
    return real_execute(disk, &altered.command, result);
}

int fault_keys_exchanged(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    if (is_pr_out(command)) {
        memcpy(altered.list + KEY, (uint8_t *)command->data + SERVICE_ACTION_KEY, KEY_LENGTH);
        memcpy(altered.list + SERVICE_ACTION_KEY, command->data, KEY_LENGTH);
    }
    return real_execute(disk, &altered.command, result);
}

int fault_keys_reversed_out(void *disk, const struct scsi_command *command,
                            struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    reverse(altered.list + KEY, KEY_LENGTH);
    reverse(altered.list + SERVICE_ACTION_KEY, KEY_LENGTH);
    return real_execute(disk, &altered.command, result);
}

int fault_service_action_key_dropped(void *disk, const struct scsi_command *command,
                                     struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    memset(altered.list + SERVICE_ACTION_KEY, 0, KEY_LENGTH);
    return real_execute(disk, &altered.command, result);
}

int fault_key_dropped(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    memset(altered.list + KEY, 0, KEY_LENGTH);
    return real_execute(disk, &altered.command, result);
}

int fault_keys_of_32_bits(void *disk, const struct scsi_command *command,
                          struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    memset(altered.list + KEY, 0, KEY_LENGTH / 2);
    memset(altered.list + SERVICE_ACTION_KEY, 0, KEY_LENGTH / 2);
    return real_execute(disk, &altered.command, result);
}

int fault_aptpl_dropped(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    altered.list[FLAGS] &= (uint8_t)~APTPL;
    return real_execute(disk, &altered.command, result);
}

int fault_aptpl_added(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct altered altered;

    copy(&altered, command);
    altered.list[FLAGS] |= APTPL;
    return real_execute(disk, &altered.command, result);
}

/* ---- Whether it is sent ---- */

static int not_sent(void *disk, const struct scsi_command *command, struct scsi_result *result,
                    enum scsi_opcode opcode)
{
    return command->cdb[0] == opcode ? SCSI_SENT : real_execute(disk, command, result);
}

int fault_reserve_not_sent(void *disk, const struct scsi_command *command,
                           struct scsi_result *result)
{
    return not_sent(disk, command, result, SCSI_RESERVE_6);
}

int fault_release_not_sent(void *disk, const struct scsi_command *command,
                           struct scsi_result *result)
{
    return not_sent(disk, command, result, SCSI_RELEASE_6);
}

int fault_pr_out_not_sent(void *disk, const struct scsi_command *command,
                          struct scsi_result *result)
{
    return not_sent(disk, command, result, SCSI_PERSISTENT_RESERVE_OUT);
}

int fault_preempt_not_sent(void *disk, const struct scsi_command *command,
                           struct scsi_result *result)
{
    return is_pr_out_action(command, RESERVATION_ACTION_PREEMPT)
               ? SCSI_SENT
               : real_execute(disk, command, result);
}

/* The second answer counts. */
int fault_pr_out_sent_twice(void *disk, const struct scsi_command *command,
                            struct scsi_result *result)
{
    if (is_pr_out(command) && real_execute(disk, command, result) == SCSI_SENT && !result->status)
        scsi_result_clear(result);
    return real_execute(disk, command, result);
}

/* ---- The lists that come back ---- */

static uint8_t *list_of(const struct scsi_command *command, uint8_t action,
                        const struct scsi_result *result, uint32_t least)
{
    return is_pr_in(command) && command->cdb[1] == action && result->transferred >= least
               ? command->data
               : NULL;
}

int fault_keys_reversed_in(void *disk, const struct scsi_command *command,
                           struct scsi_result *result)
{
    const int error = real_execute(disk, command, result);
    uint8_t *list = list_of(command, RESERVATION_ACTION_READ_KEYS, result, LIST_HEADER);

    for (uint32_t at = LIST_HEADER; list && at + KEY_LENGTH <= result->transferred;
         at += KEY_LENGTH)
        reverse(list + at, KEY_LENGTH);
    return error;
}

int fault_generation_reversed(void *disk, const struct scsi_command *command,
                              struct scsi_result *result)
{
    const int error = real_execute(disk, command, result);
    uint8_t *list = list_of(command, RESERVATION_ACTION_READ_KEYS, result, LIST_HEADER);

    if (list)
        reverse(list, 4);
    return error;
}

int fault_list_length_reversed(void *disk, const struct scsi_command *command,
                               struct scsi_result *result)
{
    const int error = real_execute(disk, command, result);
    uint8_t *list = list_of(command, RESERVATION_ACTION_READ_KEYS, result, LIST_HEADER);

    if (list)
        reverse(list + 4, 4);
    return error;
}

/* A list that did not fit, with the length of what came instead of that of all. */
int fault_list_length_is_transferred(void *disk, const struct scsi_command *command,
                                     struct scsi_result *result)
{
    const int error = real_execute(disk, command, result);
    uint8_t *list = list_of(command, RESERVATION_ACTION_READ_KEYS, result, LIST_HEADER);

    if (list && (uint32_t)(list[6] << 8 | list[7]) > result->transferred - LIST_HEADER) {
        list[6] = (uint8_t)((result->transferred - LIST_HEADER) >> 8);
        list[7] = (uint8_t)(result->transferred - LIST_HEADER);
    }
    return error;
}

int fault_type_reversed_in(void *disk, const struct scsi_command *command,
                           struct scsi_result *result)
{
    enum { SCOPE_AND_TYPE = LIST_HEADER + 13 };
    const int error = real_execute(disk, command, result);
    uint8_t *list =
        list_of(command, RESERVATION_ACTION_READ_RESERVATIONS, result, SCOPE_AND_TYPE + 1);

    if (list)
        list[SCOPE_AND_TYPE] = (uint8_t)(list[SCOPE_AND_TYPE] << 4 | list[SCOPE_AND_TYPE] >> 4);
    return error;
}
