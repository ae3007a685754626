#include "trace.h"

#include "../scsi/names.h"
#include "../scsi/sense.h"
#include "trace_file.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A line under construction. What does not fit is cut off; the end of line never is. */
struct line {
    char text[1024];
    size_t length;
};

__attribute__((format(gnu_printf, 2, 0))) static void
add_list(struct line *line, const char *format, va_list arguments)
{
    size_t room = sizeof(line->text) - 1 - line->length;
    int length = vsnprintf(line->text + line->length, room, format, arguments);

    if (length > 0)
        line->length += (size_t)length < room ? (size_t)length : room - 1;
}

__attribute__((format(gnu_printf, 2, 3))) static void add(struct line *line, const char *format,
                                                          ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_list(line, format, arguments);
    va_end(arguments);
}

static void start_line(struct line *line, DWORD thread)
{
    FILETIME now;
    SYSTEMTIME time;

    GetSystemTimeAsFileTime(&now);
    FileTimeToSystemTime(&now, &time);
    line->length = 0;
    add(line, "%04u-%02u-%02uT%02u:%02u:%02u.%06luZ pid=%lu tid=%lu", time.wYear, time.wMonth,
        time.wDay, time.wHour, time.wMinute, time.wSecond,
        (unsigned long)(((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) / 10 % 1000000),
        GetCurrentProcessId(), thread);
}

static void write_line(struct line *line)
{
    line->text[line->length++] = '\n';
    trace_file_write(line->text, (DWORD)line->length);
}

void trace_note(const char *format, ...)
{
    struct line line;
    va_list arguments;

    if (!trace_file_is_open())
        return;
    start_line(&line, GetCurrentThreadId());
    add(&line, " note=\"");
    va_start(arguments, format);
    add_list(&line, format, arguments);
    va_end(arguments);
    add(&line, "\"");
    write_line(&line);
}

void trace_open(void)
{
    trace_file_open();
}

void trace_begin(struct trace_request *trace)
{
    trace->started.QuadPart = 0;
    if (!trace_file_is_open())
        return;
    trace->thread = GetCurrentThreadId();
    QueryPerformanceCounter(&trace->started);
}

static void add_hex(struct line *line, const char *name, const uint8_t *bytes, size_t length)
{
    add(line, " %s=", name);
    for (size_t i = 0; i < length; i++)
        add(line, "%02x", bytes[i]);
}

/* Keys and type, of PERSISTENT RESERVE OUT alone; the offsets are SPC-4 table 222's. */
static void add_pr_out(struct line *line, const struct reservation_plan *plan)
{
    const uint8_t *cdb = plan->command.cdb;

    add(line, " action=\"%s\"", scsi_pr_out_action_name(cdb[1]));
    add_hex(line, "key", plan->parameter_list, 8);
    add_hex(line, "service_action_key", plan->parameter_list + 8, 8);
    add(line, " type=\"%s\"", scsi_pr_type_name(cdb[2] & 0x0f));
}

static void add_action(struct line *line, const struct reservation_plan *plan)
{
    if (plan->action == RESERVATION_PR_OUT)
        add_pr_out(line, plan);
    else if (plan->action == RESERVATION_PR_IN)
        add(line, " action=\"%s\"", scsi_pr_in_action_name(plan->command.cdb[1]));
}

static void add_sense(struct line *line, const struct scsi_result *result)
{
    struct scsi_sense sense = scsi_decode_sense(result->sense, result->sense_length);

    if (sense.valid)
        add(line, " sense=%x/%02x/%02x \"%s: %s\"", sense.key, sense.asc, sense.ascq,
            scsi_sense_key_name(sense.key), scsi_additional_sense_name(sense.asc, sense.ascq));
}

/* What to do where Linux refuses; measured, see docs/differences.md. */
static const char *permission_hint(const struct reservation_plan *plan)
{
    if (plan->action == RESERVATION_BREAK || plan->action == RESERVATION_RESET_BUS)
        return "a reset needs CAP_SYS_ADMIN and CAP_SYS_RAWIO";
    return "needs CAP_SYS_RAWIO, or a link to the disk's /dev/sgN and write access to it";
}

static void add_device(struct line *line, const struct reservation_plan *plan,
                       const struct reservation_outcome *outcome)
{
    const struct scsi_result *result = &outcome->result;

    if (outcome->command.cdb_length)
        add_hex(line, "cdb", outcome->command.cdb, outcome->command.cdb_length);
    if (outcome->transport_error != SCSI_SENT) {
        add(line, " errno=%d", result->os_error);
        if (outcome->transport_error == SCSI_NOT_PERMITTED)
            add(line, " hint=\"%s\"", permission_hint(plan));
    } else if (outcome->attempts) {
        add(line, " scsi=\"%s\"", scsi_status_name(result->status));
        if (result->host_status)
            add(line, " host=%s", scsi_host_name(result->host_status));
        add_sense(line, result);
    }
    add(line, " attempts=%u", outcome->attempts);
}

static long long microseconds_since(const LARGE_INTEGER *started)
{
    LARGE_INTEGER now, frequency;

    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return (now.QuadPart - started->QuadPart) * 1000000 / frequency.QuadPart;
}

void trace_end(const struct trace_request *trace, const struct disk *disk, uint32_t control_code,
               const struct reservation_plan *plan, const struct reservation_outcome *outcome)
{
    char name[DISK_NAME_MAX];
    struct line line;

    if (trace->started.QuadPart == 0)
        return;
    disk_name(disk, name);
    start_line(&line, trace->thread);
    add(&line, " disk=%s code=%s", name, reservation_control_code_name(control_code));
    add_action(&line, plan);
    add_device(&line, plan, outcome);
    add(&line, " status=%s information=%u us=%lld", nt_status_name(outcome->status),
        outcome->information, microseconds_since(&trace->started));
    write_line(&line);
}
