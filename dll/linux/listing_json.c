/* disk list for programs; the fields are explained in command/commands.c. */
#include "../command/values.h"
#include "listing.h"

#include <stdio.h>
#include <string.h>

static void add_path(struct text *text, const char *path)
{
    char clean[PATH_MAX];

    if (!*path) {
        text_add_json(text, NULL);
        return;
    }
    snprintf(clean, sizeof(clean), "%s", path);
    host_clean_words(clean);
    text_add_json(text, clean);
}

static const char *truth(bool value)
{
    return value ? "true" : "false";
}

static void add_words(struct text *text, const char *label, const char *words)
{
    text_add(text, ", \"%s\": ", label);
    text_add_json(text, words && *words ? words : NULL);
}

static const char *kind_name(const struct prefix_disk *named)
{
    static const char *const names[] = {[DISK_NAME_NUMBER] = "number",
                                        [DISK_NAME_LETTER] = "letter",
                                        [DISK_NAME_OBJECT] = "object"};
    return named ? names[named->name.kind] : NULL;
}

static const char *finding_name(enum disk_finding finding)
{
    static const char *const names[] = {
        [DISK_FOUND] = "ok",
        [DISK_ABSENT] = "gone",
        [DISK_UNREADABLE] = "unreadable",
        [DISK_NOT_A_NODE] = "not-a-node",
        [DISK_PARTITION] = "partition",
        [DISK_MAPPED] = "mapped",
        [DISK_NOT_SCSI] = "not-scsi",
        [DISK_NOT_A_DISK] = "not-a-disk",
        [DISK_WITHOUT_NODE] = "no-disk-node",
    };
    return names[finding];
}

static void add_access(struct text *text, const char *label, const struct node_access *access)
{
    text_add(text, ", \"%s\": ", label);
    if (!access->exists) {
        text_add(text, "null");
        return;
    }
    text_add(text, "{\"read\": %s, \"write\": %s, \"reserve\": %s, \"mode\": \"%04o\"",
             truth(access->may_read), truth(access->may_write), truth(access->may_reserve),
             (unsigned int)access->mode);
    add_words(text, "owner", access->owner);
    add_words(text, "group", access->group);
    text_add(text, "}");
}

static void add_holder(struct text *text, const struct reservation_state *state)
{
    const struct reservation_type *type = type_from_number(state->type);

    if (!state->is_reserved) {
        text_add(text, "null");
        return;
    }
    text_add(text, "{\"key\": \"");
    text_add_key(text, state->holder);
    text_add(text, "\"");
    add_words(text, "type", type ? type->name : NULL);
    text_add(text, ", \"type_number\": %u", state->type);
    add_words(text, "scope", scope_name(state->scope));
    text_add(text, ", \"scope_number\": %u}", state->scope);
}

static void add_capabilities(struct text *text, const struct reservation_state *state)
{
    bool first = true;

    if (!state->has_capabilities) {
        text_add(text, "null");
        return;
    }
    text_add(text, "{\"power_loss\": %s, \"types\": [", truth(state->keeps_through_power_loss));
    for (unsigned int type = 0; type < 16; type++)
        if (state->types >> type & 1) {
            text_add(text, "%s%u", first ? "" : ", ", type);
            first = false;
        }
    text_add(text, "]}");
}

static void add_state(struct text *text, const struct reservation_state *state)
{
    text_add(text, "{\"answer\": \"%s\"", state_answer_name(state->answer));
    if (state->answer == STATE_ANSWERED) {
        text_add(text, ", \"generation\": %u, \"key_count\": %u, \"keys\": [", state->generation,
                 state->key_total);
        for (uint32_t i = 0; i < state->key_count; i++) {
            text_add(text, i ? ", \"" : "\"");
            text_add_key(text, state->keys[i]);
            text_add(text, "\"");
        }
        text_add(text, "], \"holder\": ");
        add_holder(text, state);
        text_add(text, ", \"capabilities\": ");
        add_capabilities(text, state);
    }
    text_add(text, "}");
}

static void add_disk(struct text *text, const struct listed_disk *entry)
{
    const struct scsi_disk *disk = &entry->disk;

    text_add(text, ", \"node\": ");
    add_path(text, entry->node);
    text_add(text, ", \"sg\": ");
    add_path(text, entry->generic);
    add_words(text, "address", disk->address);
    add_words(text, "vendor", disk->vendor);
    add_words(text, "model", disk->model);
    add_words(text, "unit", disk->identity.designator);
    add_words(text, "serial", disk->identity.serial);
    /* 64 bits, which text_add's formats do not write portably */
    char size[24];
    snprintf(size, sizeof(size), "%llu", (unsigned long long)disk->size);
    text_add(text, ", \"size\": %s", entry->finding == DISK_FOUND ? size : "null");
}

static void add_entry(struct text *text, const struct listed_disk *entry)
{
    const struct prefix_disk *named = entry->named;

    text_add(text, "{\"name\": ");
    text_add_json(text, named ? named->name.shown : NULL);
    add_words(text, "kind", kind_name(named));
    text_add(text, ", \"path\": ");
    add_path(text, named ? named->path : entry->stable);
    add_words(text, "state", finding_name(entry->finding));
    add_disk(text, entry);
    add_access(text, "access", &entry->access);
    add_access(text, "sg_access", &entry->generic_access);
    text_add(text, ", \"reservations\": ");
    if (entry->is_asked)
        add_state(text, &entry->state);
    else
        text_add(text, "null");
    text_add(text, "}");
}

void listing_add_json(struct text *text, const struct listing *listing)
{
    text_add(text, "{\"ok\": true, \"command\": \"disk list\", \"prefix\": ");
    add_path(text, listing->prefix);
    text_add(text, ", \"raw_io\": %s, \"disks\": [", truth(listing->raw_io));
    for (size_t i = 0; i < listing->count; i++) {
        text_add(text, i ? ", " : "");
        add_entry(text, &listing->all[i]);
    }
    text_add(text, "]}\n");
}
