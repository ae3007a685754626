/* holdfast status [--pid PID]: what concerns Linux, and what holdfast.exe says under Wine. */
#include "../command/errors.h"
#include "../command/output.h"
#include "../shim/wine_version.h"
#include "handlers.h"
#include "listing.h"
#include "process_text.h"
#include "rights.h"
#include "wine_status.h"

#include <stdlib.h>
#include <string.h>

struct status {
    struct wine_status wine;
    struct right rights[RIGHTS_COUNT];
    struct process *processes;
    size_t process_count;
    struct prefix prefix;
    struct listing disks;
    bool has_disks;
    struct text disk_problem; /* why not */
};

static void gather_disks(struct status *status)
{
    status->prefix = PREFIX_NONE;
    status->has_disks =
        prefix_find(&status->prefix, &status->disk_problem) &&
        listing_gather(&this_host, &status->prefix, false, &status->disks, &status->disk_problem);
}

static void free_status(struct status *status)
{
    listing_free(&status->disks);
    prefix_close(&status->prefix);
    text_free(&status->disk_problem);
    free(status->processes);
    free(status);
}

static const char *disk_problem(const struct status *status)
{
    return status->disk_problem.bytes ? status->disk_problem.bytes : "out of memory";
}

static void add_words(struct text *text, const char *name, const char *words)
{
    text_add(text, "%-11s %s\n", name, words);
}

static void add_wine(struct text *text, const struct wine_status *wine)
{
    add_words(text, "holdfast", HOLDFAST_VERSION);
    if (wine->wine[0])
        text_add(text, "wine        %s%s\n", wine->wine,
                 wine_version_support(wine->wine) == WINE_TESTED
                     ? " (tested with this version)"
                     : " (not a version that Holdfast is tested with)");
    else
        add_words(text, "wine", "not started");
    if (wine->dll[0])
        add_words(text, "dll", wine->dll);
    if (wine->hook[0])
        add_words(text, "hook", wine->hook);
    if (wine->unix_side[0])
        add_words(text, "unix side", wine->unix_side);
    if (wine->transport[0])
        add_words(text, "transport", wine->transport);
    add_words(text, "shim", wine->ok ? "active" : "not active");
    if (wine->problem[0])
        add_words(text, wine->ok ? "note" : "because", wine->problem);
}

static void add_right(struct text *text, const struct right *right)
{
    text_add(text, "  %-25s %s\n", right->name, right->held ? "yes" : "no");
    if (right->held)
        return;
    text_add(text, "    forbids: %s\n    remedy: %s\n", right->forbids, right->remedy);
}

static void add_all_words(struct text *text, const struct status *status)
{
    add_wine(text, &status->wine);
    text_add(text, "\nrights\n");
    for (size_t i = 0; i < RIGHTS_COUNT; i++)
        add_right(text, &status->rights[i]);
    text_add(text, "\ndisks\n");
    if (status->has_disks)
        listing_add_words(text, &status->disks);
    else
        text_add(text, "  %s\n", disk_problem(status));
    text_add(text, "\nprocesses with the shim%s\n", status->process_count ? "" : ": none");
    for (size_t i = 0; i < status->process_count; i++)
        process_add_words(text, &status->processes[i], status->processes, status->process_count);
}

static void add_text(struct text *text, const char *name, const char *value)
{
    text_add(text, ", \"%s\": ", name);
    text_add_json(text, value && *value ? value : NULL);
}

/* Its NTSTATUS stands in the words: "not loaded (status 0xc0000135)". */
static void add_unix_side(struct text *text, const struct wine_status *wine)
{
    const char *code = strstr(wine->unix_side, "0x");

    text_add(text, ", \"unix_side\": ");
    if (wine->unix_side[0])
        text_add(text, "{\"loaded\": %s, \"status\": \"%.10s\"}", code ? "false" : "true",
                 code ? code : "0x00000000");
    else
        text_add(text, "null");
}

static void add_all_json(struct text *text, const struct status *status)
{
    const struct wine_status *wine = &status->wine;
    const char *tested = wine_version_support(wine->wine) == WINE_TESTED ? "true" : "false";

    text_add(text, "{\"ok\": %s, \"holdfast\": \"%s\"", wine->ok ? "true" : "false",
             HOLDFAST_VERSION);
    add_text(text, "wine", wine->wine);
    text_add(text, ", \"wine_tested\": %s", wine->wine[0] ? tested : "null");
    add_text(text, "dll", wine->dll);
    add_text(text, "hook", wine->hook);
    add_unix_side(text, wine);
    add_text(text, "transport", wine->transport);
    add_text(text, "problem", wine->problem);
    text_add(text, ", \"rights\": [");
    for (size_t i = 0; i < RIGHTS_COUNT; i++) {
        text_add(text, "%s{\"held\": %s", i ? ", " : "", status->rights[i].held ? "true" : "false");
        add_text(text, "name", status->rights[i].name);
        add_text(text, "forbids", status->rights[i].forbids);
        add_text(text, "remedy", status->rights[i].remedy);
        text_add(text, "}");
    }
    text_add(text, "], \"processes\": [");
    for (size_t i = 0; i < status->process_count; i++) {
        text_add(text, i ? ", " : "");
        process_add_json(text, &status->processes[i], status->processes, status->process_count);
    }
    text_add(text, "], \"disk_list\": ");
    if (status->has_disks)
        listing_add_json(text, &status->disks);
    else
        text_add(text, "null");
    text_add(text, "}\n");
}

static int status_of_all(const struct arguments *arguments)
{
    struct status *status = calloc(1, sizeof(*status));
    struct rights_facts facts;
    struct text text = {0};
    bool ok;

    if (!status || !processes_find(&status->processes, &status->process_count)) {
        output_message("out of memory");
        free(status);
        return EXIT_OTHER;
    }
    rights_read(&facts);
    rights_judge(&facts, status->rights);
    wine_status_ask(&status->wine);
    gather_disks(status); /* after Wine, which makes a prefix that is not there yet */
    ok = status->wine.ok;
    if (arguments->json)
        add_all_json(&text, status);
    else
        add_all_words(&text, status);
    free_status(status);
    if (!output_write(&text))
        return EXIT_OTHER;
    return ok ? EXIT_DONE : EXIT_NO_SHIM;
}

/* Linux' process of this id where that is one of Wine's, else the one with this Windows id. */
static const struct process *find(uint32_t pid, struct process *own, const struct process *all,
                                  size_t count)
{
    const char *prefix = getenv("WINEPREFIX");
    const struct process *found = NULL;

    process_read((pid_t)pid, own);
    if (own->is_wine)
        return own;
    for (size_t i = 0; i < count; i++) {
        if (!all[i].is_known || all[i].info.windows_pid != pid)
            continue;
        if (!found || (prefix && !strcmp(prefix, all[i].prefix)))
            found = &all[i];
    }
    return found ? found : own;
}

static int status_of_one(const struct arguments *arguments)
{
    struct process *all = NULL, *own = malloc(sizeof(*own));
    const struct process *process;
    struct text text = {0};
    size_t count = 0;
    bool ok;

    if (!own || !processes_find(&all, &count)) {
        output_message("out of memory");
        free(own);
        return EXIT_OTHER;
    }
    process = find(arguments->pid, own, all, count);
    ok = process->is_known && process_is_served(&process->info);
    if (arguments->json) {
        text_add(&text, "{\"ok\": %s, \"process\": ", ok ? "true" : "false");
        process_add_one_json(&text, process, all, count);
        text_add(&text, "}\n");
    } else {
        process_add_one_words(&text, process, all, count);
    }
    free(all);
    free(own);
    if (!output_write(&text))
        return EXIT_OTHER;
    return ok ? EXIT_DONE : EXIT_NO_SHIM;
}

int command_status(const struct arguments *arguments)
{
    return arguments->pid ? status_of_one(arguments) : status_of_all(arguments);
}
