#include "process_text.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* From 1601 to 1970, in units of 100 ns. */
static const uint64_t unix_epoch = 116444736000000000;

static void format_since(uint64_t since, char result[32])
{
    const time_t seconds = (time_t)((since - unix_epoch) / 10000000);
    struct tm time;

    result[0] = 0;
    if (since >= unix_epoch && gmtime_r(&seconds, &time))
        strftime(result, 32, "%Y-%m-%dT%H:%M:%SZ", &time);
}

static const struct process *find_parent(const struct process *process, const struct process *all,
                                         size_t count)
{
    for (size_t i = 0; process->is_known && i < count; i++)
        if (all[i].is_known && all[i].pid != process->pid &&
            all[i].info.windows_pid == process->info.parent_pid &&
            !strcmp(all[i].prefix, process->prefix))
            return &all[i];
    return NULL;
}

static void format_came_by(const struct process *process, const struct process *all, size_t count,
                           char *result, size_t size)
{
    const struct process *parent = find_parent(process, all, count);

    const char *program = strrchr(process->info.program, '\\');

    if (program && !strcmp(program, "\\holdfast.exe"))
        snprintf(result, size, "itself: it is the 'holdfast' command");
    else if (parent)
        snprintf(result, size, "its parent, process %d, which has it too", (int)parent->pid);
    else
        snprintf(result, size,
                 "a 'holdfast run' or another parent that has ended, or it has loaded holdfast.dll "
                 "itself");
}

static const char *reason(const struct process *process)
{
    if (!process->exists)
        return "there is no such process, neither by a Linux nor by a Windows id";
    if (!process->is_readable)
        return "this user may not look at it: run as its user or as root";
    if (!process->is_wine)
        return "it is no process of Wine's";
    if (!process->has_shim)
        return "it was started neither by 'holdfast run' nor by a process that has the shim, or it "
               "is of a kind that cannot carry it (a 32-bit program): start it by 'holdfast run'";
    if (!process->is_known)
        return "what holdfast.dll says of itself cannot be read: run as root, and see whether it "
               "is "
               "of the same version as this program";
    return process->info.problem;
}

static const char *level_name(uint32_t level)
{
    static const char *const names[] = {"off", "error", "request", "command", "debug"};

    return level < sizeof(names) / sizeof(names[0]) ? names[level] : "?";
}

static void add_row(struct text *text, const char *name, const char *value)
{
    if (*value)
        text_add(text, "    %-9s %s\n", name, value);
}

static void add_details(struct text *text, const struct process *process, const struct process *all,
                        size_t count)
{
    const struct holdfast_process_info *info = &process->info;
    add_row(text, "prefix", process->prefix);
    if (process->is_known) {
        char since[32], came_by[128];

        format_since(info->since, since);
        format_came_by(process, all, count, came_by, sizeof(came_by));
        add_row(text, "since", since);
        add_row(text, "hook", info->hook);
        text_add(text, "    %-9s ", "unix side");
        text_add(text, info->unix_status ? "not loaded (status 0x%08x)\n" : "loaded\n",
                 (unsigned)info->unix_status);
        add_row(text, "transport", info->transport);
        if (info->trace_level)
            text_add(text, "    %-9s %s, level %s\n", "trace", info->trace,
                     level_name(info->trace_level));
        else
            add_row(text, "trace", "off");
        add_row(text, "came by", came_by);
    }
    add_row(text, "problem", reason(process));
}

void process_add_words(struct text *text, const struct process *process, const struct process *all,
                       size_t count)
{
    text_add(text, "  %d", (int)process->pid);
    if (process->is_known)
        text_add(text, " (Windows' %u) %s", (unsigned)process->info.windows_pid,
                 process->info.program);
    text_add(text, "\n");
    add_details(text, process, all, count);
}

static void *open_descriptors(const struct process *process)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/fd", (int)process->pid);
    return opendir(path);
}

void process_add_one_words(struct text *text, const struct process *process,
                           const struct process *all, size_t count)
{
    char node[PATH_MAX];
    void *folder = open_descriptors(process);

    if (process->has_shim)
        process_add_words(text, process, all, count);
    else
        text_add(text, "  %d does not carry the shim: %s\n", (int)process->pid, reason(process));
    while (folder && process_next_disk(folder, node))
        add_row(text, "disk", node);
    if (folder)
        closedir(folder);
}

static void add_text(struct text *text, const char *name, const char *value)
{
    text_add(text, ", \"%s\": ", name);
    text_add_json(text, value && *value ? value : NULL);
}

static void add_members(struct text *text, const struct process *process, const struct process *all,
                        size_t count)
{
    const struct holdfast_process_info *info = &process->info;
    char since[32] = "", came_by[128] = "";

    if (process->is_known) {
        format_since(info->since, since);
        format_came_by(process, all, count, came_by, sizeof(came_by));
        text_add(text, "\"pid\": %d, \"windows_pid\": %u", (int)process->pid,
                 (unsigned)info->windows_pid);
        text_add(text, ", \"unix_side\": {\"loaded\": %s, \"status\": \"0x%08x\"}",
                 info->unix_status ? "false" : "true", (unsigned)info->unix_status);
    } else {
        text_add(text, "\"pid\": %d, \"windows_pid\": null, \"unix_side\": null",
                 (int)process->pid);
    }
    add_text(text, "program", info->program);
    add_text(text, "prefix", process->prefix);
    add_text(text, "since", since);
    add_text(text, "hook", info->hook);
    add_text(text, "transport", info->transport);
    add_text(text, "trace", info->trace);
    add_text(text, "trace_level", process->is_known ? level_name(info->trace_level) : NULL);
    add_text(text, "came_by", came_by);
    add_text(text, "problem", reason(process));
}

void process_add_json(struct text *text, const struct process *process, const struct process *all,
                      size_t count)
{
    text_add(text, "{");
    add_members(text, process, all, count);
    text_add(text, "}");
}

void process_add_one_json(struct text *text, const struct process *process,
                          const struct process *all, size_t count)
{
    char node[PATH_MAX];
    void *folder = open_descriptors(process);
    const char *before = "";

    text_add(text, "{\"shim\": %s, ", process->has_shim ? "true" : "false");
    add_members(text, process, all, count);
    text_add(text, ", \"disks\": [");
    while (folder && process_next_disk(folder, node)) {
        text_add(text, "%s", before);
        text_add_json(text, node);
        before = ", ";
    }
    if (folder)
        closedir(folder);
    text_add(text, "]}");
}
