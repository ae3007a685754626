#include "clean_up.h"

#include "compiler.h"
#include "disk_content.h"
#include "keys.h"
#include "unit_access.h"

#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROUNDS = 3 };

static void say(const struct clean_up *clean_up, const char *format, ...) PRINTF_FORMAT(2, 3);
static bool leave(struct clean_up *clean_up, const char *format, ...) PRINTF_FORMAT(2, 3);

static void say(const struct clean_up *clean_up, const char *format, ...)
{
    va_list arguments;

    if (!clean_up->says)
        return;
    va_start(arguments, format);
    vfprintf(clean_up->says, format, arguments);
    va_end(arguments);
    fputc('\n', clean_up->says);
}

/* The first thing that is left is the one that is told. */
static bool leave(struct clean_up *clean_up, const char *format, ...)
{
    va_list arguments;

    if (clean_up->left[0])
        return false;
    va_start(arguments, format);
    vsnprintf(clean_up->left, sizeof(clean_up->left), format, arguments);
    va_end(arguments);
    return false;
}

/* The answer of the first node that gives one. */
static enum reply read_keys(const struct clean_up *clean_up, struct unit_keys *keys)
{
    enum reply reply = REPLY_FAILED;

    for (int i = 0; i < CLEAN_UP_NODES && reply != REPLY_DONE; i++)
        if (clean_up->nodes[i])
            reply = unit_read_keys(clean_up->nodes[i], keys);
    return reply;
}

static bool is_ours(const struct clean_up *clean_up, uint64_t key)
{
    return key_is_of(key, clean_up->journal->key_base);
}

static unsigned count_ours(const struct clean_up *clean_up, const struct unit_keys *keys)
{
    unsigned count = 0;

    for (uint32_t i = 0; i < keys->count; i++)
        count += is_ours(clean_up, keys->key[i]);
    return count;
}

/* RELEASE does nothing where the sender holds nothing (SPC-2 7.17.1), so it tells no more than that
 * it was sent; whether the unit was held is seen before. */
static void release(struct clean_up *clean_up)
{
    for (int i = 0; i < CLEAN_UP_NODES; i++) {
        struct node *node = clean_up->nodes[i], *other = clean_up->nodes[!i];
        bool held;

        if (!node)
            continue;
        held = other && unit_test_ready(other) == REPLY_CONFLICT;
        if (unit_release(node) != REPLY_DONE)
            continue;
        if (held && unit_test_ready(other) != REPLY_CONFLICT) {
            clean_up->released++;
            say(clean_up, "released the RESERVE of %s", node->name);
        }
    }
}

/* REGISTER with the old key does nothing unless the sender has registered that very key. What the
 * registration holds goes with it. */
static void unregister(struct clean_up *clean_up, const struct unit_keys *keys)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!is_ours(clean_up, keys->key[i]))
            continue;
        for (int n = 0; n < CLEAN_UP_NODES; n++)
            if (clean_up->nodes[n] &&
                unit_register(clean_up->nodes[n], keys->key[i], 0) == REPLY_DONE) {
                clean_up->removed++;
                say(clean_up, "removed key %016" PRIx64 " of %s", keys->key[i],
                    clean_up->nodes[n]->name);
            }
    }
}

/* A key of an initiator that cannot be asked any more. Whoever preempts has to be registered. */
static void preempt(struct clean_up *clean_up, struct node *node, const struct unit_keys *keys)
{
    const uint64_t mine = clean_up->journal->key_base | KEY_OF_CLEAN_UP;
    struct unit_reservation reservation;
    struct pr_out out = {
        .action = RESERVATION_ACTION_PREEMPT,
        .type = RESERVATION_TYPE_WRITE_EXCLUSIVE,
        .key = mine,
    };

    if (unit_register(node, 0, mine) != REPLY_DONE)
        return;
    if (unit_read_reservation(node, &reservation) == REPLY_DONE && reservation.held) {
        out.type = reservation.type;
        out.scope = reservation.scope;
    }
    for (uint32_t i = 0; i < keys->count; i++) {
        out.service_action_key = keys->key[i];
        if (is_ours(clean_up, keys->key[i]) && unit_pr_out(node, &out) == REPLY_DONE) {
            clean_up->removed++;
            say(clean_up, "preempted key %016" PRIx64 " of an initiator that is not here",
                keys->key[i]);
        }
    }
    unit_register(node, mine, 0);
}

static bool still_held(struct clean_up *clean_up)
{
    struct unit_reservation reservation;

    for (int i = 0; i < CLEAN_UP_NODES; i++) {
        struct node *node = clean_up->nodes[i];
        if (!node)
            continue;
        if (unit_test_ready(node) == REPLY_CONFLICT)
            return !leave(clean_up, "the disk conflicts with %s: another initiator holds it",
                          node->name);
        if (unit_read_reservation(node, &reservation) == REPLY_DONE && reservation.held &&
            is_ours(clean_up, reservation.key))
            return !leave(clean_up, "the disk is still reserved by key %016" PRIx64 " of this run",
                          reservation.key);
    }
    return false;
}

static bool undo_reservations(struct clean_up *clean_up)
{
    struct unit_keys keys;

    release(clean_up);
    for (int round = 0;; round++) {
        const enum reply reply = read_keys(clean_up, &keys);

        if (reply == REPLY_UNSUPPORTED || reply == REPLY_NO_DOOR)
            return !still_held(clean_up);
        if (reply != REPLY_DONE)
            return leave(clean_up,
                         "whether keys of this run are still registered cannot be read: "
                         "%s",
                         reply_words(reply));
        clean_up->generation = keys.generation;
        clean_up->generation_known = true;
        if (!count_ours(clean_up, &keys))
            break;
        if (round == ROUNDS)
            return leave(clean_up, "%u of this run's keys are still registered",
                         count_ours(clean_up, &keys));
        unregister(clean_up, &keys);
        if (read_keys(clean_up, &keys) == REPLY_DONE && count_ours(clean_up, &keys))
            for (int i = 0; i < CLEAN_UP_NODES; i++)
                if (clean_up->nodes[i])
                    preempt(clean_up, clean_up->nodes[i], &keys);
    }
    return !still_held(clean_up);
}

static bool restore_block(struct clean_up *clean_up, int number)
{
    const struct journal *journal = clean_up->journal;
    const uint32_t block = journal->work_block + (uint32_t)number;
    const uint32_t size = journal->identity.block_size;
    uint8_t data[SCSI_DATA_MAX];
    enum reply reply = unit_read_block(clean_up->nodes[0], block, size, data);

    if (reply == REPLY_DONE && memcmp(data, journal->blocks[number], size) == 0)
        return true;
    reply = unit_write_block(clean_up->nodes[0], block, size, journal->blocks[number]);
    if (reply == REPLY_DONE)
        reply = unit_read_block(clean_up->nodes[0], block, size, data);
    if (reply != REPLY_DONE)
        return leave(clean_up, "block %" PRIu32 " could not be restored: %s", block,
                     reply_words(reply));
    if (memcmp(data, journal->blocks[number], size) != 0)
        return leave(clean_up, "block %" PRIu32 " is not what was written to restore it", block);
    clean_up->restored++;
    return true;
}

/* Somebody may have taken the disk into use between a crash and its clean-up: then what is in the
 * blocks now is theirs. */
static bool is_taken(struct clean_up *clean_up)
{
    const char *words;
    struct unit_keys keys;
    enum content content;

    if (read_keys(clean_up, &keys) == REPLY_DONE && keys.total > count_ours(clean_up, &keys))
        return !leave(clean_up, "others have registered since, so the saved blocks are not "
                                "written back");
    content = disk_content(clean_up->nodes[0], &clean_up->journal->identity, &words);
    if (content == CONTENT_PARTITIONS || content == CONTENT_DATA)
        return !leave(clean_up,
                      "there is %s on the disk now, so the saved blocks are not written "
                      "back",
                      words);
    return false;
}

static bool restore_blocks(struct clean_up *clean_up)
{
    if (is_taken(clean_up))
        return false;
    for (int i = 0; i < WORK_BLOCKS; i++)
        if (!restore_block(clean_up, i))
            return false;
    if (clean_up->restored)
        say(clean_up, "restored %u of %d blocks from block %" PRIu32 " on", clean_up->restored,
            WORK_BLOCKS, clean_up->journal->work_block);
    return true;
}

bool clean_up_run(struct clean_up *clean_up)
{
    bool clean = true;

    clean_up->left[0] = 0;
    if (clean_up->journal->reservations)
        clean = undo_reservations(clean_up);
    if (clean_up->journal->data)
        clean = restore_blocks(clean_up) && clean;
    return clean;
}
