#include "trace_table.h"

#include "../command/values.h"
#include "../scsi/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char row_format[] = "%-26s %-18s %-5s %-9s %-17s %-20s %-5s %-23s %3s %9s";

static const char *const kind_names[] = {
    [TRACE_REQUEST_LINE] = "request",
    [TRACE_COMMAND_LINE] = "command",
    [TRACE_NOTE_LINE] = "note",
    [TRACE_FOREIGN_LINE] = "foreign",
};

/* What requests and actions are called in a narrow column. */
static const struct {
    const char *name, *shown;
} shorter[] = {
    {"STORAGE_PERSISTENT_RESERVE_IN", "PR IN"},
    {"STORAGE_PERSISTENT_RESERVE_OUT", "PR OUT"},
    {"PERSISTENT RESERVE IN", "> PR IN"},
    {"PERSISTENT RESERVE OUT", "> PR OUT"},
    {"STORAGE_BREAK_RESERVATION", "BREAK"},
    {"REGISTER AND IGNORE EXISTING KEY", "REGISTER (IGNORE)"},
    {"PREEMPT AND ABORT", "PREEMPT (ABORT)"},
};

static const char *shorten(const char *name)
{
    static const char prefix[] = "STORAGE_";

    for (size_t i = 0; i < sizeof(shorter) / sizeof(shorter[0]); i++)
        if (!strcmp(shorter[i].name, name))
            return shorter[i].shown;
    return strncmp(name, prefix, sizeof(prefix) - 1) ? name : name + sizeof(prefix) - 1;
}

void trace_programs_learn(struct trace_programs *programs, const struct trace_parsed *line)
{
    const char *program = trace_field(line, "program"), *name = strrchr(program, '\\');
    const size_t row = programs->next % TRACE_PROGRAMS_MAX;

    if (!*program)
        return;
    snprintf(programs->rows[row].pid, sizeof(programs->rows[row].pid), "%.11s",
             trace_field(line, "pid"));
    snprintf(programs->rows[row].name, sizeof(programs->rows[row].name), "%.23s",
             name ? name + 1 : program);
    programs->next++;
}

/* The last that was told: process ids are used again. */
static const char *program_of(const struct trace_programs *programs, const char *pid)
{
    const size_t count = programs->next < TRACE_PROGRAMS_MAX ? programs->next : TRACE_PROGRAMS_MAX;

    for (size_t i = 1; i <= count; i++) {
        const size_t row = (programs->next - i) % TRACE_PROGRAMS_MAX;

        if (!strcmp(programs->rows[row].pid, pid))
            return programs->rows[row].name;
    }
    return "";
}

/* Without leading zeros; "" for none. */
static const char *trim_key(const char *key)
{
    return key + strspn(key, "0");
}

/* "a1", "a1>b2": this node's, and the one that the action is about. */
static void format_keys(const struct trace_parsed *line, char *result, size_t size)
{
    const char *own = trim_key(trace_field(line, "key"));
    const char *other = trim_key(trace_field(line, "service_action_key"));

    snprintf(result, size, "%s%s%s", own, *other ? ">" : "", other);
}

static const char *short_type(const char *name)
{
    for (const struct reservation_type *type = reservation_types; type->number; type++)
        if (!strcmp(scsi_pr_type_name(type->number), name))
            return type->short_name;
    return "";
}

static const char *result_of(const struct trace_parsed *line)
{
    static const char prefix[] = "STATUS_";
    const char *status = trace_field(line, "status");

    if (!strncmp(status, prefix, sizeof(prefix) - 1))
        return status + sizeof(prefix) - 1;
    if (*status)
        return status;
    return *trace_field(line, "errno") ? "not sent" : trace_field(line, "scsi");
}

static void format_duration(const char *microseconds, char result[16])
{
    const double us = strtod(microseconds, NULL);

    if (!*microseconds)
        result[0] = 0;
    else if (us < 1000)
        snprintf(result, 16, "%.0f us", us);
    else if (us < 1e6)
        snprintf(result, 16, "%.1f ms", us / 1e3);
    else
        snprintf(result, 16, "%.2f s", us < 1e9 ? us / 1e6 : 999.99);
}

/* All that has no column of its own. */
static void add_notes(struct text *text, const struct trace_parsed *line)
{
    static const char *const names[] = {"scsi", "host",        "sense", "errno",
                                        "hint", "sense_words", "data"};
    const bool is_command = line->kind == TRACE_COMMAND_LINE;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = trace_field(line, names[i]);

        if (!*value || (i == 0 && (is_command || !strcmp(value, "GOOD"))))
            continue;
        text_add(text, i == 2 || i == 3 || i == 6 ? "  %s=" : "  ", names[i]);
        text_add(text, "%s", value);
    }
}

void trace_table_add_header(struct text *text)
{
    text_add(text, row_format, "TIME", "PROCESS", "DISK", "REQUEST", "ACTION", "KEY", "TYPE",
             "RESULT", "NO.", "DURATION");
    text_add(text, "  NOTE\n");
}

void trace_table_add_line(struct text *text, const struct trace_parsed *line,
                          const struct trace_programs *programs)
{
    const char *pid = trace_field(line, "pid"), *program = program_of(programs, pid);
    char process[48], keys[64], duration[16];

    if (line->kind == TRACE_FOREIGN_LINE) {
        text_add(text, "%-26s not a line of Holdfast's: %.200s\n", "", line->whole);
        return;
    }
    snprintf(process, sizeof(process), "%.11s%s%.23s", pid, *program ? " " : "", program);
    if (line->kind == TRACE_NOTE_LINE) {
        text_add(text, "%.26s %-18s %s%s%s\n", line->time, process, trace_field(line, "note"),
                 *trace_field(line, "program") ? ": " : "", trace_field(line, "program"));
        return;
    }
    format_keys(line, keys, sizeof(keys));
    format_duration(trace_field(line, "us"), duration);
    char time[32];
    snprintf(time, sizeof(time), "%.26s", line->time);
    text_add(text, row_format, time, process, trace_field(line, "disk"),
             shorten(line->kind == TRACE_REQUEST_LINE ? trace_field(line, "code")
                                                      : trace_field(line, "command")),
             shorten(trace_field(line, "action")), keys, short_type(trace_field(line, "type")),
             result_of(line), trace_field(line, "attempts"), duration);
    add_notes(text, line);
    text_add(text, "\n");
}

void trace_json_add_line(struct text *text, const struct trace_parsed *line, const char *file)
{
    text_add(text, "{\"file\": ");
    text_add_json(text, file);
    text_add(text, ", \"time\": ");
    text_add_json(text, *line->time ? line->time : NULL);
    text_add(text, ", \"kind\": \"%s\"", kind_names[line->kind]);
    for (size_t i = 0; i < line->count; i++) {
        text_add(text, ", ");
        text_add_json(text, line->fields[i].name);
        text_add(text, ": ");
        text_add_json(text, line->fields[i].value);
    }
    if (line->kind == TRACE_FOREIGN_LINE) {
        text_add(text, ", \"text\": ");
        text_add_json(text, line->whole);
    }
    text_add(text, "}\n");
}
