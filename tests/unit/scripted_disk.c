#include "scripted_disk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SCRIPTED_OS_ERROR = 77, SCRIPTED_ALLOCATION_LENGTH = 64 };

/* Adds a word to the log. */
__attribute__((format(printf, 2, 3))) static void note(struct scripted_disk *disk,
                                                       const char *format, ...)
{
    size_t at = strlen(disk->log);
    va_list arguments;

    if (at && at + 1 < sizeof(disk->log))
        disk->log[at++] = ' ';
    va_start(arguments, format);
    vsnprintf(disk->log + at, sizeof(disk->log) - at, format, arguments);
    va_end(arguments);
}

static void fill_result(const struct scripted_reply *reply, struct scsi_result *result)
{
    result->status = reply->status;
    result->host_status = reply->host_status;
    result->sense_length = reply->sense_length;
    result->transferred = reply->transferred;
    if (reply->sense_length) {
        result->sense[0] = 0x70;
        result->sense[2] = reply->key;
        result->sense[7] = 10;
        result->sense[12] = reply->asc;
        result->sense[13] = reply->ascq;
    }
}

static int execute(void *handle, const struct scsi_command *command, struct scsi_result *result)
{
    struct scripted_disk *disk = handle;
    uint32_t index = disk->command_count++;
    const struct scripted_reply *reply =
        &disk->replies[index < disk->reply_count ? index : disk->reply_count - 1];

    note(disk, "%02x", command->cdb[0]);
    if (index >= SCRIPTED_MAX) /* a request without end: end it */
        return SCSI_DEVICE_GONE;
    disk->commands[index] = *command;
    if (command->direction == SCSI_DATA_OUT)
        memcpy(disk->data[index], command->data, sizeof(disk->data[index]));
    fill_result(reply, result);
    result->os_error = reply->error == SCSI_SENT ? 0 : SCRIPTED_OS_ERROR;
    return reply->error;
}

static int reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    static const char *const names[] = {"lun", "target", "bus"};
    struct scripted_disk *disk = handle;

    note(disk, "%s", names[level]);
    *os_error = disk->reset_errors[level] == SCSI_SENT ? 0 : SCRIPTED_OS_ERROR;
    return disk->reset_errors[level];
}

static void wait(void *context, uint32_t milliseconds)
{
    struct scripted_disk *disk = context;

    note(disk, "wait%u", milliseconds);
}

struct reservation_disk scripted_reservation_disk(struct scripted_disk *disk)
{
    static const struct scsi_transport transport = {execute, reset};
    const struct reservation_disk reservation_disk = {
        .transport = &transport,
        .handle = disk,
        .wait = wait,
        .wait_context = disk,
        .timeout_ms = SCRIPTED_TIMEOUT_MS,
        .wants_ten_byte = &disk->wants_ten_byte,
    };

    return reservation_disk;
}

struct reservation_plan scripted_plan(enum reservation_action action)
{
    struct reservation_plan plan = {.action = action};

    switch (action) {
    case RESERVATION_RESERVE:
        scsi_build_plain(&plan.command, SCSI_RESERVE_6);
        break;
    case RESERVATION_RELEASE:
        scsi_build_plain(&plan.command, SCSI_RELEASE_6);
        break;
    case RESERVATION_PR_IN:
        scsi_build_pr_in(&plan.command, 0, SCRIPTED_ALLOCATION_LENGTH);
        break;
    case RESERVATION_PR_OUT:
        scsi_build_pr_out(&plan.command, 0, 0);
        for (size_t i = 0; i < sizeof(plan.parameter_list); i++)
            plan.parameter_list[i] = (uint8_t)(0xa0 + i);
        break;
    default:
        break;
    }
    return plan;
}
