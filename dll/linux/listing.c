#include "listing.h"

#include "stable_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void look_at(const struct host *host, struct listed_disk *entry)
{
    const char *name = entry->node;

    if (entry->named)
        name = entry->named->target;
    if (entry->finding == DISK_FOUND) {
        snprintf(entry->node, sizeof(entry->node), "%s/%s", host->dev, entry->disk.name);
        if (entry->disk.generic[0])
            snprintf(entry->generic, sizeof(entry->generic), "%s/%s", host->dev,
                     entry->disk.generic);
    }
    entry->access = access_find(host, name);
    if (entry->generic[0])
        entry->generic_access = access_find(host, entry->generic);
}

static void add_named(const struct host *host, struct listing *listing)
{
    for (size_t i = 0; i < listing->named.count; i++) {
        const struct prefix_disk *named = &listing->named.all[i];
        struct listed_disk *entry = &listing->all[listing->count++];
        *entry =
            (struct listed_disk){.named = named, .finding = named->finding, .disk = named->disk};
        look_at(host, entry);
    }
}

static bool has_name(const struct listing *listing, const struct scsi_disk *disk)
{
    for (size_t i = 0; i < listing->named.count; i++)
        if (listing->named.all[i].finding == DISK_FOUND &&
            strcmp(listing->named.all[i].disk.name, disk->name) == 0)
            return true;
    return false;
}

static void add_others(const struct host *host, const struct machine_disks *machine,
                       struct listing *listing)
{
    for (size_t i = 0; i < machine->count; i++) {
        if (has_name(listing, &machine->all[i]))
            continue;
        struct listed_disk *entry = &listing->all[listing->count++];
        *entry = (struct listed_disk){.finding = DISK_FOUND, .disk = machine->all[i]};
        look_at(host, entry);
        stable_name_find(host, entry->node, machine_disks_count_paths(machine, &entry->disk) > 1,
                         entry->stable);
    }
}

static bool ask_all(struct listing *listing)
{
    struct state_question *questions = calloc(listing->count + 1, sizeof(*questions));
    size_t count = 0;

    if (!questions)
        return false;
    for (size_t i = 0; i < listing->count; i++) {
        struct listed_disk *entry = &listing->all[i];
        entry->is_asked = entry->finding == DISK_FOUND;
        if (entry->is_asked)
            questions[count++] = (struct state_question){
                .nodes = {entry->generic[0] ? entry->generic : NULL, entry->node}};
    }
    state_ask_all(questions, count, STATE_WAIT_MS);
    for (size_t i = listing->count; i-- > 0;)
        if (listing->all[i].is_asked)
            listing->all[i].state = questions[--count].state;
    free(questions);
    return true;
}

bool listing_gather(const struct host *host, const struct prefix *prefix, bool all,
                    struct listing *listing, struct text *problem)
{
    struct machine_disks machine = {0};
    bool done = false;

    listing->prefix = prefix->path;
    listing->raw_io = access_has_raw_io(host);
    if (!prefix_disks_read(host, prefix, &listing->named, problem))
        return false;
    if (!all || machine_disks_read(host, &machine)) {
        listing->all = calloc(listing->named.count + machine.count + 1, sizeof(*listing->all));
        if (listing->all) {
            add_named(host, listing);
            add_others(host, &machine, listing);
            done = ask_all(listing);
        }
    }
    if (!done)
        text_add(problem, "out of memory");
    machine_disks_free(&machine);
    return done;
}

void listing_free(struct listing *listing)
{
    prefix_disks_free(&listing->named);
    free(listing->all);
    *listing = (struct listing){0};
}
