#include "trace_command.h"

#include "../scsi/names.h"
#include "side.h"
#include "trace.h"
#include "trace_line.h"

enum { DATA_SHOWN = 64 };

static const char *const reset_levels[] = {
    [SCSI_RESET_LOGICAL_UNIT] = "logical unit",
    [SCSI_RESET_TARGET] = "target",
    [SCSI_RESET_BUS] = "bus",
};

static void start_line(struct trace_line *line, const struct disk *disk)
{
    char name[DISK_NAME_MAX];

    disk_name(disk, name);
    trace_line_start(line, GetCurrentThreadId());
    trace_line_add(line, " disk=%s", name);
}

/* What PERSISTENT RESERVE IN brings are keys, and so goes with them. */
static void add_data(struct trace_line *line, const struct scsi_command *command,
                     const struct scsi_result *result)
{
    const uint32_t length = min(result->transferred, command->transfer_length);

    trace_line_add(line, " bytes=%u", result->transferred);
    if (command->cdb[0] == SCSI_PERSISTENT_RESERVE_IN && !trace_settings.hides_keys && length)
        trace_line_add_hex(line, "data", command->data, min(length, DATA_SHOWN));
}

static int execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    LARGE_INTEGER started;
    struct trace_line line;
    int error;

    QueryPerformanceCounter(&started);
    error = disk_side->transport->execute(disk, command, result);
    start_line(&line, disk);
    trace_line_add(&line, " command=\"%s\"", scsi_opcode_name(command->cdb[0]));
    trace_line_add_hex(&line, "cdb", command->cdb, command->cdb_length);
    if (command->cdb[0] == SCSI_PERSISTENT_RESERVE_OUT &&
        command->transfer_length >= SCSI_PR_OUT_PARAMETER_LENGTH)
        trace_line_add_keys(&line, command->data);
    if (error == SCSI_SENT) {
        trace_line_add_result(&line, result);
        add_data(&line, command, result);
    } else {
        trace_line_add_os_error(&line, result->os_error);
    }
    trace_line_add(&line, " us=%lld", trace_microseconds_since(&started));
    trace_line_write(&line);
    return error;
}

static int reset(void *disk, enum scsi_reset_level level, int32_t *os_error)
{
    LARGE_INTEGER started;
    struct trace_line line;
    int error;

    QueryPerformanceCounter(&started);
    error = disk_side->transport->reset(disk, level, os_error);
    start_line(&line, disk);
    trace_line_add(&line, " command=\"reset of the %s\"", reset_levels[level]);
    if (error != SCSI_SENT)
        trace_line_add_os_error(&line, *os_error);
    trace_line_add(&line, " us=%lld", trace_microseconds_since(&started));
    trace_line_write(&line);
    return error;
}

const struct scsi_transport trace_command_transport = {execute, reset};
