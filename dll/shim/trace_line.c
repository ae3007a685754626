#include "trace_line.h"

#include "../scsi/names.h"
#include "../scsi/sense.h"
#include "side.h"
#include "trace.h"
#include "trace_file.h"
#include <stdio.h>

void trace_line_add_list(struct trace_line *line, const char *format, va_list arguments)
{
    size_t room = sizeof(line->text) - 1 - line->length;
    int length = vsnprintf(line->text + line->length, room, format, arguments);

    if (length > 0)
        line->length += (size_t)length < room ? (size_t)length : room - 1;
}

void trace_line_add(struct trace_line *line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    trace_line_add_list(line, format, arguments);
    va_end(arguments);
}

void trace_line_start(struct trace_line *line, DWORD thread)
{
    FILETIME now;
    SYSTEMTIME time;

    GetSystemTimeAsFileTime(&now);
    FileTimeToSystemTime(&now, &time);
    line->length = 0;
    trace_line_add(
        line, "%04u-%02u-%02uT%02u:%02u:%02u.%06luZ pid=%lu tid=%lu", time.wYear, time.wMonth,
        time.wDay, time.wHour, time.wMinute, time.wSecond,
        (unsigned long)(((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) / 10 % 1000000),
        GetCurrentProcessId(), thread);
}

void trace_line_add_quoted(struct trace_line *line, const char *name, const char *format,
                           va_list arguments)
{
    size_t start;

    trace_line_add(line, " %s=\"", name);
    start = line->length;
    trace_line_add_list(line, format, arguments);
    for (size_t i = start; i < line->length; i++)
        if (line->text[i] == '"')
            line->text[i] = '\'';
    trace_line_add(line, "\"");
}

void trace_line_add_hex(struct trace_line *line, const char *name, const uint8_t *bytes,
                        size_t length)
{
    trace_line_add(line, " %s=", name);
    for (size_t i = 0; i < length; i++)
        trace_line_add(line, "%02x", bytes[i]);
}

static void add_key(struct trace_line *line, const char *name, const uint8_t key[8])
{
    char mark[TRACE_MARK_MAX];

    if (!trace_settings.hides_keys) {
        trace_line_add_hex(line, name, key, 8);
        return;
    }
    trace_mark(key, trace_settings.salt, mark);
    trace_line_add(line, " %s=%s", name, mark);
}

/* The offsets are SPC-4 table 222's. */
void trace_line_add_keys(struct trace_line *line, const uint8_t *parameter_list)
{
    add_key(line, "key", parameter_list);
    add_key(line, "service_action_key", parameter_list + 8);
}

void trace_line_add_os_error(struct trace_line *line, int32_t os_error)
{
    if (disk_side->has_errno)
        trace_line_add(line, " errno=%d", os_error);
    else
        trace_line_add(line, " nt=0x%08x", (unsigned int)os_error);
}

static void add_sense(struct trace_line *line, const struct scsi_result *result)
{
    struct scsi_sense sense = scsi_decode_sense(result->sense, result->sense_length);

    if (sense.valid)
        trace_line_add(line, " sense=%x/%02x/%02x \"%s: %s\"", sense.key, sense.asc, sense.ascq,
                       scsi_sense_key_name(sense.key),
                       scsi_additional_sense_name(sense.asc, sense.ascq));
}

void trace_line_add_result(struct trace_line *line, const struct scsi_result *result)
{
    trace_line_add(line, " scsi=\"%s\"", scsi_status_name(result->status));
    if (result->host_status)
        trace_line_add(line, " host=%s", scsi_host_name(result->host_status));
    add_sense(line, result);
}

void trace_line_write(struct trace_line *line)
{
    for (size_t i = 0; i < line->length; i++)
        if ((unsigned char)line->text[i] < ' ' || line->text[i] == 0x7f)
            line->text[i] = '?';
    line->text[line->length++] = '\n';
    trace_file_write(line->text, (DWORD)line->length);
}
