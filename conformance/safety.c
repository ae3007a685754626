#include "safety.h"

#include "compiler.h"
#include "disk_content.h"
#include "disk_identity.h"
#include "keys.h"
#include "unit_access.h"
#include "volumes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void refuse(struct safety *safety, const char *format, ...) PRINTF_FORMAT(2, 3);
static void note(struct safety *safety, const char *format, ...) PRINTF_FORMAT(2, 3);

static void refuse(struct safety *safety, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(safety->refusal, sizeof(safety->refusal), format, arguments);
    va_end(arguments);
}

static void note(struct safety *safety, const char *format, ...)
{
    size_t used = strlen(safety->notes);
    va_list arguments;

    if (used + 3 > sizeof(safety->notes))
        return;
    used += (size_t)snprintf(safety->notes + used, 3, "%s", used ? "; " : "");
    va_start(arguments, format);
    vsnprintf(safety->notes + used, sizeof(safety->notes) - used, format, arguments);
    va_end(arguments);
}

static void check_volumes(struct safety *safety, const wchar_t *disk_name, uint32_t platform)
{
    char words[256] = "";

    if (platform & (ON_WINE | ON_HOLDFAST)) {
        note(safety, "Wine does not know which volumes lie on a disk: its own blocks were read "
                     "instead");
        return;
    }
    switch (volumes_of_disk(disk_name, words, sizeof(words))) {
    case VOLUMES_NONE:
        return;
    case VOLUMES_SYSTEM:
        refuse(safety, "Windows itself is on this disk; name a disk that nobody uses");
        return;
    case VOLUMES_MOUNTED:
        refuse(safety,
               "the volume %s is on this disk; name a disk that nobody uses, or delete the volume "
               "if it is not needed",
               words);
        return;
    case VOLUMES_PARTITIONS:
        refuse(safety,
               "this disk has partitions; name a disk that nobody uses, or remove them if they "
               "are not needed (diskpart: clean)");
        return;
    default:
        note(safety, "%s: its own blocks were read instead", words);
    }
}

static void check_blocks(struct safety *safety, struct node *node,
                         const struct disk_identity *identity, bool changes)
{
    const char *words;

    switch (disk_content(node, identity, &words)) {
    case CONTENT_NONE:
        return;
    case CONTENT_PARTITIONS:
        refuse(safety,
               "there is %s on this disk; name a disk that nobody uses, or remove it if it is not "
               "needed",
               words);
        return;
    case CONTENT_DATA:
        if (changes)
            refuse(safety,
                   "there is %s on this disk; name a disk that nobody uses, or erase it if it is "
                   "not needed. Without --reserve and --data-loss the disk is only read",
                   words);
        else
            note(safety, "there is %s on this disk: it is only read", words);
        return;
    default:
        if (changes)
            refuse(safety, "%s, so nothing shows that nobody's data are on this disk", words);
        else
            note(safety, "%s", words);
    }
}

void safety_check_content(struct safety *safety, struct node *node, const wchar_t *disk_name,
                          const struct disk_identity *identity, uint32_t platform, bool changes)
{
    check_volumes(safety, disk_name, platform);
    if (!safety->refusal[0])
        check_blocks(safety, node, identity, changes);
    if (!safety->refusal[0] && disk_is_read_only(node))
        refuse(safety, "this disk is write-protected");
}

static void refuse_keys(struct safety *safety, const struct unit_keys *keys)
{
    uint64_t foreign = 0, marked = 0;

    for (uint32_t i = 0; i < keys->count; i++)
        if (key_is_marked(keys->key[i]))
            marked = keys->key[i];
        else
            foreign = keys->key[i];
    if (foreign || keys->count < keys->total || !keys->count)
        refuse(safety,
               "this disk is in use: %" PRIu32 " %s, such as %016" PRIx64
               "; name a disk that nobody uses, or let its owner take them back",
               keys->total, keys->total == 1 ? "key is registered" : "keys are registered",
               foreign);
    else
        refuse(safety,
               "key %016" PRIx64 " is registered, which another run of this suite has made. If it "
               "is still running, wait. If it was ended, undo what it did with --cleanup and its "
               "journal (holdfast-conformance-*.journal in the folder where it was started, or in "
               "the temporary folder there)",
               marked);
}

static void check_reservation(struct safety *safety, struct node *node)
{
    struct unit_reservation reservation;
    const enum reply reply = unit_read_reservation(node, &reservation);

    if (reply == REPLY_DONE && reservation.held)
        refuse(safety, "this disk is reserved by key %016" PRIx64 " (type %u); name another disk",
               reservation.key, reservation.type);
    else if (reply == REPLY_DONE && unit_test_ready(node) == REPLY_CONFLICT)
        refuse(safety, "this disk is reserved by another initiator (RESERVE); name another disk, "
                       "or let it be released");
}

void safety_check_reservations(struct safety *safety, struct node *node, bool changes)
{
    struct unit_keys keys;
    const enum reply reply = unit_read_keys(node, &keys);

    switch (reply) {
    case REPLY_DONE:
        safety->generation = keys.generation;
        safety->generation_known = true;
        if (keys.total)
            refuse_keys(safety, &keys);
        else
            check_reservation(safety, node);
        return;
    case REPLY_CONFLICT:
        refuse(safety, "this disk is reserved by another initiator (RESERVE); name another disk, "
                       "or let it be released");
        return;
    case REPLY_UNSUPPORTED:
        if (unit_test_ready(node) == REPLY_CONFLICT)
            refuse(safety, "this disk is reserved by another initiator (RESERVE); name another "
                           "disk, or let it be released");
        return;
    case REPLY_NO_DOOR:
        note(safety, "whether others have reserved the disk cannot be asked: %s",
             reply_words(reply));
        return;
    default:
        if (changes)
            refuse(safety, "whether others have reserved this disk cannot be found out: %s%s%s",
                   reply_words(reply), node->problem[0] ? ": " : "", node->problem);
        else
            note(safety, "whether others have reserved the disk could not be found out");
    }
}
