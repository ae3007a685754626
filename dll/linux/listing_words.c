/* disk list for people: a line for each disk with what tells it from others, and under it what one
 * wants to know next. 80 columns are enough, unless a name itself is longer. */
#include "../command/values.h"
#include "listing.h"

#include <stdio.h>
#include <string.h>

enum { KEYS_A_LINE = 3 };

static const char *const indent = "    ";

/* File names are bytes; a terminal should not be told what to do by them. */
static void add_path(struct text *text, const char *path)
{
    char clean[PATH_MAX];

    snprintf(clean, sizeof(clean), "%s", path);
    host_clean_words(clean);
    text_add(text, "%s", clean);
}

static void add_head(struct text *text, const struct listed_disk *entry)
{
    text_add(text, "%-15s ", entry->named ? entry->named->name.shown : "(no name)");
    if (entry->finding != DISK_FOUND) {
        text_add(text, "%s\n", entry->finding == DISK_ABSENT ? "gone" : "not usable");
        return;
    }
    text_add(text, "%-9s %-9s ", entry->node, entry->generic[0] ? entry->generic : "-");
    scsi_disk_describe(text, &entry->disk);
    text_add(text, "\n");
}

static void add_link(struct text *text, const struct listed_disk *entry)
{
    const char *path = entry->named ? entry->named->path : entry->stable;

    if (!*path)
        return;
    text_add(text, "%s%s", indent, entry->named ? "link         " : "stable name  ");
    add_path(text, path);
    text_add(text, "\n");
}

static void add_unit(struct text *text, const struct scsi_disk *disk)
{
    const struct unit_identity *identity = &disk->identity;

    text_add(text, "%sunit         %s\n", indent,
             identity->designator[0] ? identity->designator : "says no name of its own");
    if (identity->serial[0])
        text_add(text, "%sserial       %s\n", indent, identity->serial);
    text_add(text, "%saddress      %s\n", indent, disk->address);
}

static void add_rights(struct text *text, const struct node_access *access, const char *label)
{
    text_add(text, "%s%s", indent, label);
    text_add(text, "%s%s%s", access->may_read ? "read" : "no read",
             access->may_write ? ", write" : ", no write",
             access->may_reserve ? ", reserve" : ", no reserve");
    if (access->may_read && access->may_write && !access->may_reserve)
        text_add(text, " (no CAP_SYS_RAWIO)");
    text_add(text, "; %04o %s:%s\n", (unsigned int)access->mode, access->owner, access->group);
}

static void add_access(struct text *text, const struct listed_disk *entry)
{
    if (!entry->access.exists)
        return;
    add_rights(text, &entry->access, "this user    ");
    if (!entry->access.is_generic && entry->generic_access.exists)
        add_rights(text, &entry->generic_access, "  by its sg  ");
}

static void add_keys(struct text *text, const struct reservation_state *state)
{
    text_add(text, "%skeys         ", indent);
    if (!state->key_count)
        text_add(text, "none");
    for (uint32_t i = 0; i < state->key_count; i++) {
        if (i && i % KEYS_A_LINE == 0)
            text_add(text, "\n%s             ", indent);
        else if (i)
            text_add(text, " ");
        text_add_key(text, state->keys[i]);
    }
    if (state->key_count < state->key_total)
        text_add(text, " and %u more", state->key_total - state->key_count);
    text_add(text, "\n");
}

static void add_holder(struct text *text, const struct reservation_state *state)
{
    const struct reservation_type *type = type_from_number(state->type);

    text_add(text, "%sholder       ", indent);
    if (!state->is_reserved)
        text_add(text, "none");
    else if (state->type == 7 || state->type == 8) /* SPC-4 5.13.10 */
        text_add(text, "every registrant");
    else
        text_add_key(text, state->holder);
    if (state->is_reserved && type)
        text_add(text, ", %s", type->name);
    else if (state->is_reserved)
        text_add(text, ", type %u", state->type);
    text_add(text, "\n");
}

static void add_state(struct text *text, const struct reservation_state *state)
{
    if (state->answer != STATE_ANSWERED) {
        text_add(text, "%sreservations %s\n", indent, state_answer_words(state->answer));
        return;
    }
    add_keys(text, state);
    add_holder(text, state);
    if (state->has_capabilities && !state->keeps_through_power_loss)
        text_add(text, "%s             lost with the disk's power: it cannot keep them\n", indent);
}

static void add_entry(struct text *text, const struct listed_disk *entry)
{
    add_head(text, entry);
    add_link(text, entry);
    if (entry->finding != DISK_FOUND) {
        text_add(text, "%sproblem      it %s\n", indent,
                 entry->finding == DISK_ABSENT
                     ? "leads to no disk: connect it again, or 'holdfast disk remove' it"
                     : scsi_disk_finding_words(entry->finding));
        return;
    }
    add_unit(text, &entry->disk);
    add_access(text, entry);
    if (entry->is_asked)
        add_state(text, &entry->state);
}

void listing_add_words(struct text *text, const struct listing *listing)
{
    text_add(text, "prefix ");
    add_path(text, listing->prefix);
    text_add(text, "\n");
    for (size_t i = 0; i < listing->count; i++) {
        text_add(text, "\n");
        add_entry(text, &listing->all[i]);
    }
    if (!listing->named.count)
        text_add(text, "\nNo disk has a name here; 'holdfast disk list --all' shows those of this "
                       "machine,\n'holdfast disk add 1 PATH' names one.\n");
}
