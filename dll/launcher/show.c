#include "show.h"

#include "../command/values.h"

#include <stddef.h>

/* A JSON object's beginning that all answers share. */
static void add_json_head(struct text *text, bool ok, const char *command, const char *disk)
{
    text_add(text, "{\"ok\": %s, \"command\": ", ok ? "true" : "false");
    text_add_json(text, command);
    text_add(text, ", \"disk\": ");
    text_add_json(text, disk);
}

static bool is_truncated(const struct list *list)
{
    return list->count < list->total;
}

static void add_truncation(struct text *text, const struct list *list, const char *what)
{
    if (is_truncated(list))
        text_add(text, "(truncated: the disk has %u %s and could return %u)\n", list->total, what,
                 list->count);
}

void show_keys(struct text *text, const struct disk_state *state)
{
    for (uint32_t i = 0; i < state->keys->count; i++) {
        text_add_key(text, list_key(state->keys, i));
        text_add(text, "\n");
    }
    add_truncation(text, state->keys, "keys");
}

/* All registrants hold a reservation of types 7 and 8 (SPC-4 5.13.10). */
static bool holds(const struct list_reservation *reservation, uint64_t key)
{
    return reservation->key == key || reservation->type == 7 || reservation->type == 8;
}

static bool holds_any(const struct list *reservations, uint64_t key)
{
    for (uint32_t i = 0; i < reservations->count; i++) {
        const struct list_reservation reservation = list_reservation(reservations, i);
        if (holds(&reservation, key))
            return true;
    }
    return false;
}

static void add_reservation(struct text *text, const struct list_reservation *reservation)
{
    const struct reservation_type *type = type_from_number(reservation->type);
    const char *scope = scope_name(reservation->scope);

    text_add(text, "reservation   ");
    if (type)
        text_add(text, "%s", type->name);
    else
        text_add(text, "unknown type %u", reservation->type);
    if (scope)
        text_add(text, ", scope %s, key ", scope);
    else
        text_add(text, ", unknown scope %u, key ", reservation->scope);
    text_add_key(text, reservation->key);
    text_add(text, "\n");
}

void show_disk(struct text *text, const struct disk_state *state)
{
    text_add(text, "disk          %s\ngeneration    %u\n", state->disk, state->keys->generation);
    for (uint32_t i = 0; i < state->keys->count; i++) {
        const uint64_t key = list_key(state->keys, i);
        text_add(text, "registered    ");
        text_add_key(text, key);
        text_add(text, "%s\n", holds_any(state->reservations, key) ? "  holder" : "");
    }
    if (!state->keys->count)
        text_add(text, "registered    none\n");
    add_truncation(text, state->keys, "keys");
    for (uint32_t i = 0; i < state->reservations->count; i++) {
        const struct list_reservation reservation = list_reservation(state->reservations, i);
        add_reservation(text, &reservation);
    }
    if (!state->reservations->count)
        text_add(text, "reservation   none\n");
    add_truncation(text, state->reservations, "reservations");
    if (!state->stable)
        text_add(text, "(registrations kept changing while they were read)\n");
}

static void add_json_reservation(struct text *text, const struct list_reservation *reservation)
{
    const struct reservation_type *type = type_from_number(reservation->type);
    text_add(text, "{\"key\": \"");
    text_add_key(text, reservation->key);
    text_add(text, "\", \"type\": ");
    text_add_json(text, type ? type->name : NULL);
    text_add(text, ", \"type_number\": %u, \"scope\": ", reservation->type);
    text_add_json(text, scope_name(reservation->scope));
    text_add(text, ", \"scope_number\": %u}", reservation->scope);
}

void show_json(struct text *text, const struct disk_state *state)
{
    bool truncated = is_truncated(state->keys);

    add_json_head(text, true, state->command, state->disk);
    text_add(text, ", \"generation\": %u, \"keys\": [", state->keys->generation);
    for (uint32_t i = 0; i < state->keys->count; i++) {
        text_add(text, i ? ", \"" : "\"");
        text_add_key(text, list_key(state->keys, i));
        text_add(text, "\"");
    }
    text_add(text, "]");
    if (state->reservations) {
        text_add(text, ", \"reservations\": [");
        for (uint32_t i = 0; i < state->reservations->count; i++) {
            const struct list_reservation reservation = list_reservation(state->reservations, i);
            text_add(text, i ? ", " : "");
            add_json_reservation(text, &reservation);
        }
        text_add(text, "], \"stable\": %s", state->stable ? "true" : "false");
        truncated = truncated || is_truncated(state->reservations);
    }
    text_add(text, ", \"truncated\": %s}\n", truncated ? "true" : "false");
}

void show_done_json(struct text *text, const char *command, const char *disk)
{
    add_json_head(text, true, command, disk);
    text_add(text, "}\n");
}

void show_failure(struct text *text, const struct failure *failure)
{
    text_add(text, "holdfast %s: ", failure->command);
    if (failure->disk)
        text_add(text, "%s: ", failure->disk);
    text_add(text, "%s", failure->message);
    if (failure->name)
        text_add(text, " (%s, %u)", failure->name, failure->error);
    else if (failure->error)
        text_add(text, " (Windows error %u)", failure->error);
    text_add(text, "\n");
    if (failure->hint)
        text_add(text, "hint: %s\n", failure->hint);
}

void show_failure_json(struct text *text, const struct failure *failure)
{
    add_json_head(text, false, failure->command, failure->disk);
    text_add(text, ", \"error\": {\"code\": ");
    if (failure->error)
        text_add(text, "%u", failure->error);
    else
        text_add(text, "null");
    text_add(text, ", \"name\": ");
    text_add_json(text, failure->name);
    text_add(text, ", \"message\": ");
    text_add_json(text, failure->message);
    text_add(text, ", \"hint\": ");
    text_add_json(text, failure->hint);
    text_add(text, ", \"exit_code\": %d}}\n", failure->exit_code);
}
