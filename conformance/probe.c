#include "probe.h"

#include "compiler.h"
#include "nt_status.h"
#include "unit_access.h"
#include "work_area.h"

#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SHORT_INPUT = 4, /* less than a PERSISTENT_RESERVE_COMMAND */
    REPORT_CAPABILITIES = 2,
    CAPABILITIES_LENGTH = 8,
    PTPL_C = 1, /* of byte 2, SPC-4 6.15.4 */
    ERROR_CODE_INVALID_FUNCTION = 1,
    ERROR_CODE_NOT_SUPPORTED = 50,
    MARGIN_MIB = 2, /* at both ends of the disk, that nobody writes to */
    MIB = 1024 * 1024,
    OPCODE_TEST_UNIT_READY = 0x00,
    KEY_UNIT_ATTENTION = 6,
    ASC_RESET_OCCURRED = 0x29,
};

static void cannot(struct environment *environment, enum need_index need, const char *format, ...)
    PRINTF_FORMAT(3, 4);

static void cannot(struct environment *environment, enum need_index need, const char *format, ...)
{
    va_list arguments;

    environment->can[need] = false;
    va_start(arguments, format);
    vsnprintf(environment->reason[need], REASON_MAX, format, arguments);
    va_end(arguments);
}

/* A request that is too short is refused before anything is sent. Only who does not know the code
 * at all lacks it: an answer that is wrong in another way is for the cases to report, not to skip.
 */
static void probe_codes(struct environment *environment, struct node *node)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, CAPABILITIES_LENGTH);
    struct answer answer;

    request.access = OPEN_READ;
    request.input_length = SHORT_INPUT;
    if (!node_request(node, &request, &answer)) {
        cannot(environment, NEED_CODES, "the disk cannot be asked: %s", node->problem);
        return;
    }
    environment->can[NEED_CODES] = answer.returned || (answer.error != ERROR_CODE_NOT_SUPPORTED &&
                                                       answer.error != ERROR_CODE_INVALID_FUNCTION);
    if (!environment->can[NEED_CODES])
        cannot(environment, NEED_CODES, "%.80s does not have the control codes (error %" PRIu32 ")",
               environment->system, answer.error);
}

/* The opposite of a need: that what is not there is refused can be seen only where the disk said
 * so.
 */
static void is_known_to_lack(struct environment *environment, enum need_index need,
                             enum need_index opposite, enum reply reply)
{
    environment->can[need] = environment->can[NEED_CODES] && reply == REPLY_UNSUPPORTED;
    if (!environment->can[need] && environment->reason[opposite][0])
        cannot(environment, need, "%s", environment->reason[opposite]);
}

static void probe_persistent(struct environment *environment, struct node *node)
{
    struct unit_keys keys;
    const enum reply reply = unit_read_keys(node, &keys);

    environment->can[NEED_PR] = reply == REPLY_DONE;
    if (!environment->can[NEED_CODES]) /* cases bring the unit into its states by the codes */
        cannot(environment, NEED_PR, "%s", environment->reason[NEED_CODES]);
    else if (reply == REPLY_UNSUPPORTED)
        cannot(environment, NEED_PR, "the disk has no persistent reservations");
    else if (reply != REPLY_DONE)
        cannot(environment, NEED_PR, "persistent reservations cannot be asked for: %s",
               reply_words(reply));
    is_known_to_lack(environment, NEED_NO_PR, NEED_PR, reply);
}

static void probe_pass_through(struct environment *environment, struct node *node)
{
    const struct scsi_request request = scsi_inquiry(0, 36);
    struct scsi_answer answer;
    const enum reply reply = unit_command(node, &request, &answer);

    environment->can[NEED_PASS_THROUGH] = reply == REPLY_DONE;
    if (reply == REPLY_NO_DOOR)
        cannot(environment, NEED_PASS_THROUGH,
               "SCSI pass-through does not work on this disk here (error %" PRIu32 ")",
               answer.error);
    else if (reply != REPLY_DONE)
        cannot(environment, NEED_PASS_THROUGH, "INQUIRY by SCSI pass-through: %s",
               reply_words(reply));
}

static void probe_raw(struct environment *environment, struct node *node)
{
    struct raw_request request;
    struct raw_answer answer;

    memset(&request, 0, sizeof(request));
    request.action = RAW_READ;
    request.length = environment->disk.block_size;
    if (!request.length || request.length > SCSI_DATA_MAX) {
        cannot(environment, NEED_RAW, "blocks of %" PRIu32 " bytes are not what it is made for",
               request.length);
        return;
    }
    /* How many bytes it says is for the cases to judge. */
    environment->can[NEED_RAW] = node_raw(node, &request, &answer) && answer.returned;
    if (!environment->can[NEED_RAW])
        cannot(environment, NEED_RAW, "ReadFile of the first block: error %" PRIu32, answer.error);
}

static void probe_power_loss(struct environment *environment, struct node *node)
{
    const struct scsi_request request = scsi_pr_in(REPORT_CAPABILITIES, CAPABILITIES_LENGTH);
    struct scsi_answer answer;
    const enum reply reply = unit_command(node, &request, &answer);

    if (reply == REPLY_DONE && answer.transferred >= 3 && answer.data[2] & PTPL_C)
        environment->can[NEED_APTPL] = true;
    else if (reply == REPLY_DONE)
        cannot(environment, NEED_APTPL,
               "the disk does not keep registrations through a power loss");
    else
        cannot(environment, NEED_APTPL, "REPORT CAPABILITIES: %s", reply_words(reply));
}

/* The disk's ends belong to whoever looks for tables there. */
static bool work_area_fits(const struct disk_identity *disk, uint32_t first)
{
    const uint64_t margin =
        disk->block_size ? (uint64_t)MARGIN_MIB * MIB / disk->block_size : UINT64_MAX;

    return first >= margin && disk->blocks - first - WORK_BLOCKS >= margin;
}

static void probe_data(struct environment *environment, struct node *node, bool consent)
{
    const struct disk_identity *disk = &environment->disk;
    uint8_t data[SCSI_DATA_MAX];
    uint32_t first;
    enum reply reply;

    if (!disk->block_size || disk->block_size > SCSI_DATA_MAX) {
        cannot(environment, NEED_DATA, "the suite writes blocks of at most 4096 bytes");
        return;
    }
    if (!work_area_first(disk->blocks, &first) || !work_area_fits(disk, first)) {
        cannot(environment, NEED_DATA, "the disk is too small to have a middle");
        return;
    }
    environment->work_block = first;
    if (!consent)
        return; /* environment.h's own reason */
    reply = unit_read_block(node, first, disk->block_size, data);
    environment->can[NEED_DATA] = reply == REPLY_DONE;
    if (reply != REPLY_DONE)
        cannot(environment, NEED_DATA, "block %" PRIu32 " cannot be read: %s", first,
               reply_words(reply));
}

void probe_by_reading(struct environment *environment, struct node *node,
                      const struct consents *consents)
{
    environment->can[NEED_CONSENT] = consents->reserve;
    probe_codes(environment, node);
    probe_persistent(environment, node);
    probe_pass_through(environment, node);
    probe_raw(environment, node);
    probe_power_loss(environment, node);
    probe_data(environment, node, consents->data_loss);
    /* Whether the disk can be reset is only known by doing it. */
    environment->can[NEED_BREAK] = environment->can[NEED_CODES];
    environment->can[NEED_BUS_RESET] = environment->can[NEED_CODES] && consents->bus_reset;
    if (!environment->can[NEED_CODES])
        cannot(environment, NEED_BREAK, "%s", environment->reason[NEED_CODES]);
    if (!consents->reserve) {
        cannot(environment, NEED_LEGACY, "changes reservations: say --reserve");
        cannot(environment, NEED_NO_LEGACY, "%s", environment->reason[NEED_LEGACY]);
    }
}

void probe_by_reserving(struct environment *environment, struct node *node)
{
    enum reply reply, released;

    if (!environment->can[NEED_CODES]) {
        cannot(environment, NEED_LEGACY, "%s", environment->reason[NEED_CODES]);
        cannot(environment, NEED_NO_LEGACY, "%s", environment->reason[NEED_CODES]);
        return;
    }
    reply = unit_reserve(node);
    released = reply == REPLY_DONE ? unit_release(node) : reply;

    environment->can[NEED_LEGACY] = released == REPLY_DONE;
    if (reply == REPLY_UNSUPPORTED)
        cannot(environment, NEED_LEGACY, "the disk has no RESERVE and RELEASE");
    else if (released != REPLY_DONE)
        cannot(environment, NEED_LEGACY, "%s: %s", reply == REPLY_DONE ? "RELEASE" : "RESERVE",
               reply_words(released));
    is_known_to_lack(environment, NEED_NO_LEGACY, NEED_LEGACY, reply);
}

/* A reset is told to the other initiator. Its own may have taken the news already (semantics 4). */
static bool was_reset(struct node *other)
{
    const struct scsi_request ready = scsi_plain(OPCODE_TEST_UNIT_READY);
    struct scsi_answer answer;

    return other && node_scsi(other, &ready, &answer) && answer.returned &&
           answer.key == KEY_UNIT_ATTENTION && answer.asc == ASC_RESET_OCCURRED;
}

void probe_by_resetting(struct environment *environment, struct node *const nodes[2])
{
    const struct request reset = request_break();
    struct answer answer;

    if (!environment->can[NEED_BREAK])
        return;
    if (nodes[1])
        unit_test_ready(nodes[1]); /* takes what unit attentions there are */
    /* Any other answer, and this one after a reset, is for the cases to report, not to skip. */
    if (node_request(nodes[0], &reset, &answer) && answer.status == NT_STATUS_IO_DEVICE_ERROR &&
        !was_reset(nodes[1]))
        cannot(environment, NEED_BREAK, "this system or disk cannot reset a logical unit");
}

static bool has_key(const struct unit_keys *keys, uint64_t key)
{
    for (uint32_t i = 0; i < keys->count; i++)
        if (keys->key[i] == key)
            return true;
    return false;
}

static bool fail(char problem[REASON_MAX], const char *what, enum reply reply)
{
    snprintf(problem, REASON_MAX, "%s: %s", what, reply_words(reply));
    return false;
}

/* Both keys are registered here, if both could be. */
static bool compare_views(struct node *const nodes[2], const uint64_t key[2],
                          char problem[REASON_MAX])
{
    struct unit_keys keys;
    enum reply reply = unit_read_keys(nodes[1], &keys);

    if (reply != REPLY_DONE)
        return fail(problem, "the second node cannot read keys", reply);
    if (!has_key(&keys, key[0])) {
        snprintf(problem, REASON_MAX,
                 "a key that the first node has registered is not seen by the second one: they "
                 "are not the same unit");
        return false;
    }
    /* REGISTER with key 0 conflicts for an initiator that is registered already. */
    reply = unit_register(nodes[1], 0, key[1]);
    if (reply == REPLY_DONE)
        reply = unit_read_keys(nodes[1], &keys);
    if (reply == REPLY_CONFLICT ||
        (reply == REPLY_DONE && !(has_key(&keys, key[0]) && has_key(&keys, key[1])))) {
        snprintf(problem, REASON_MAX,
                 "both names are the same initiator to the disk: two paths need two adapters or "
                 "two iSCSI initiator names, or a second machine (--peer)");
        return false;
    }
    return reply == REPLY_DONE || fail(problem, "the second node cannot register a key", reply);
}

bool probe_second_node(struct node *const nodes[2], uint64_t key_base, char problem[REASON_MAX])
{
    const uint64_t key[2] = {key_base | 1, key_base | 2};
    const enum reply reply = unit_register(nodes[0], 0, key[0]);
    bool proved;

    if (reply != REPLY_DONE)
        return fail(problem, "the first node cannot register a key", reply);
    proved = compare_views(nodes, key, problem);
    for (int i = 0; i < 2; i++) {
        unit_register(nodes[i], key[i], 0);
        unit_register(nodes[0], key[i], 0);
    }
    return proved;
}
