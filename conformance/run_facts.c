#include "run_facts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static const struct {
    uint32_t bit;
    const char *name;
} platforms[] = {
    {ON_WINDOWS, "windows"}, {ON_WINDOWS_BEFORE_8, "windows before 8"},
    {ON_WINE, "wine"},       {ON_HOLDFAST, "holdfast"},
    {ON_REACTOS, "reactos"},
};

static const struct {
    enum need_index need;
    const char *name;
} abilities[] = {
    {NEED_CODES, "codes"},           {NEED_PR, "pr"},   {NEED_LEGACY, "legacy"},
    {NEED_BOTH_NODES, "both_nodes"}, {NEED_RAW, "raw"}, {NEED_PASS_THROUGH, "pass_through"},
    {NEED_APTPL, "aptpl"},
};

void run_fact(struct run_result *run, const char *name, const char *format, ...)
{
    struct environment_line *line = &run->lines[run->line_count];
    va_list arguments;

    if (run->line_count == ENVIRONMENT_LINES)
        return;
    line->name = name;
    va_start(arguments, format);
    vsnprintf(line->text, sizeof(line->text), format, arguments);
    va_end(arguments);
    run->line_count += line->text[0] != 0;
}

static void add_platform(struct run_result *run, uint32_t platform)
{
    char text[128] = "";
    int length = 0;

    for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++)
        if (platform & platforms[i].bit)
            length += snprintf(text + length, sizeof(text) - (size_t)length, "%s%s",
                               length ? ", " : "", platforms[i].name);
    run_fact(run, "platform", "%s", text);
}

static void add_abilities(struct run_result *run, const struct environment *environment)
{
    for (size_t i = 0; i < sizeof(abilities) / sizeof(abilities[0]); i++)
        run_fact(run, abilities[i].name, "%s",
                 environment->can[abilities[i].need] ? "yes"
                 : environment->reason[abilities[i].need][0]
                     ? environment->reason[abilities[i].need]
                     : "no");
}

void run_facts_begin(struct run_result *run, const struct environment *environment,
                     const struct options *options)
{
    const struct disk_identity *disk = &environment->disk;

    run_fact(run, "program", "%s, %u bits", HOLDFAST_VERSION, (unsigned)sizeof(void *) * 8);
    run_fact(run, "system", "%s", environment->system);
    add_platform(run, environment->platform);
    run_fact(run, "adapter", "%s", environment->adapter);
    run_fact(run, "vendor", "%s", disk->vendor);
    run_fact(run, "product", "%s", disk->product);
    run_fact(run, "revision", "%s", disk->revision);
    run_fact(run, "serial", "%s", disk->serial);
    run_fact(run, "designator", "%s", disk->designator);
    run_fact(run, "block_size", "%" PRIu32, disk->block_size);
    run_fact(run, "blocks", "%" PRIu64, disk->blocks);
    run_fact(run, "consents", "%s%s%s", options->reserve ? "reserve " : "",
             options->data_loss ? "data-loss " : "", options->bus_reset ? "bus-reset" : "");
    add_abilities(run, environment);
}
