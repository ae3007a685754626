#include "trace.h"

#include "../scsi/names.h"
#include "side.h"
#include "trace_config.h"
#include "trace_file.h"
#include "trace_line.h"
#include <string.h>

enum trace_level trace_level;
struct trace_settings trace_settings;

static void add_quoted(struct trace_line *line, const char *name, const char *format, ...)
    __attribute__((format(gnu_printf, 3, 4)));

static void add_quoted(struct trace_line *line, const char *name, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    trace_line_add_quoted(line, name, format, arguments);
    va_end(arguments);
}

void trace_note(enum trace_level level, const char *format, ...)
{
    struct trace_line line;
    va_list arguments;

    if (!trace_wants(level))
        return;
    trace_line_start(&line, GetCurrentThreadId());
    if (level == TRACE_DEBUG)
        trace_line_add(&line, " level=debug");
    va_start(arguments, format);
    trace_line_add_quoted(&line, "note", format, arguments);
    va_end(arguments);
    trace_line_write(&line);
}

/* Once on standard error, for who starts the program, and in the trace, for services. */
static void tell_problems(char *problems)
{
    static const char prefix[] = "holdfast: ";
    DWORD written;

    if (!problems[0])
        return;
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), problems, (DWORD)strlen(problems), &written, NULL);
    for (char *line = problems, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = 0;
        trace_note(TRACE_ERROR, "%s",
                   line + (strncmp(line, prefix, strlen(prefix)) ? 0 : strlen(prefix)));
    }
}

void trace_open(void)
{
    static char problems[TRACE_PROBLEMS_MAX];

    trace_config_read(&trace_settings, problems);
    if (trace_file_open(&trace_settings))
        trace_level = trace_settings.level;
    tell_problems(problems);
}

void trace_program(const char *hook, const char *side, const char *wine)
{
    char name[MAX_PATH * 3];
    struct trace_line line;

    if (!trace_wants(TRACE_REQUEST))
        return;
    trace_file_program(name, sizeof(name));
    trace_line_start(&line, GetCurrentThreadId());
    add_quoted(&line, "program", "%s", name);
    add_quoted(&line, "note", "Holdfast %s serves: %s, by %s, %s%s", HOLDFAST_VERSION, hook, side,
               wine ? "Wine " : "no Wine", wine ? wine : "");
    trace_line_write(&line);
}

void trace_begin(struct trace_request *trace)
{
    trace->started.QuadPart = 0;
    if (!trace_wants(TRACE_ERROR))
        return;
    trace->thread = GetCurrentThreadId();
    QueryPerformanceCounter(&trace->started);
}

static void add_action(struct trace_line *line, const struct reservation_plan *plan)
{
    const uint8_t *cdb = plan->command.cdb;

    if (plan->action == RESERVATION_PR_IN)
        trace_line_add(line, " action=\"%s\"", scsi_pr_in_action_name(cdb[1]));
    if (plan->action != RESERVATION_PR_OUT)
        return;
    trace_line_add(line, " action=\"%s\"", scsi_pr_out_action_name(cdb[1]));
    trace_line_add_keys(line, plan->parameter_list);
    trace_line_add(line, " type=\"%s\"", scsi_pr_type_name(cdb[2] & 0x0f));
}

/* What to do where Linux refuses; measured, see docs/differences.md. */
static const char *permission_hint(const struct reservation_plan *plan)
{
    if (plan->action == RESERVATION_BREAK || plan->action == RESERVATION_RESET_BUS)
        return "a reset needs CAP_SYS_ADMIN and CAP_SYS_RAWIO";
    return "needs CAP_SYS_RAWIO, or a link to the disk's /dev/sgN and write access to it";
}

static void add_device(struct trace_line *line, const struct reservation_plan *plan,
                       const struct reservation_outcome *outcome)
{
    const struct scsi_result *result = &outcome->result;

    if (outcome->command.cdb_length)
        trace_line_add_hex(line, "cdb", outcome->command.cdb, outcome->command.cdb_length);
    if (outcome->transport_error != SCSI_SENT) {
        trace_line_add_os_error(line, result->os_error);
        if (outcome->transport_error == SCSI_NOT_PERMITTED && disk_side->has_errno)
            trace_line_add(line, " hint=\"%s\"", permission_hint(plan));
    } else if (outcome->attempts) {
        trace_line_add_result(line, result);
    }
    trace_line_add(line, " attempts=%u", outcome->attempts);
}

long long trace_microseconds_since(const LARGE_INTEGER *started)
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
    struct trace_line line;

    if (trace->started.QuadPart == 0 ||
        (nt_success(outcome->status) && !trace_wants(TRACE_REQUEST)))
        return;
    disk_name(disk, name);
    trace_line_start(&line, trace->thread);
    trace_line_add(&line, " disk=%s code=%s", name, reservation_control_code_name(control_code));
    if (!disk_side->has_errno)
        trace_line_add(&line, " via=%s", disk_side->name);
    add_action(&line, plan);
    add_device(&line, plan, outcome);
    trace_line_add(&line, " status=%s information=%u us=%lld", nt_status_name(outcome->status),
                   outcome->information, trace_microseconds_since(&trace->started));
    trace_line_write(&line);
}

/* The system may still be at it: then it is the program that hears of the end. */
void trace_system(const struct trace_request *trace, uint32_t control_code, DWORD error)
{
    const bool is_failure = error && error != ERROR_IO_PENDING;
    struct trace_line line;

    if (trace->started.QuadPart == 0 || (!is_failure && !trace_wants(TRACE_REQUEST)))
        return;
    trace_line_start(&line, trace->thread);
    trace_line_add(&line, " code=%s via=system error=%lu us=%lld",
                   reservation_control_code_name(control_code), error,
                   trace_microseconds_since(&trace->started));
    trace_line_write(&line);
}
