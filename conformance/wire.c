#include "wire.h"

#include <string.h>

/* One description of each message serves both directions: it carries every field between the
 * message and the payload, in the order of the wire. */
struct cursor {
    uint8_t *to;         /* where it is written; else NULL */
    const uint8_t *from; /* where it is read */
    size_t at, size;
    bool ok; /* stays false once it is */
};

static bool demand(struct cursor *cursor, bool condition)
{
    cursor->ok = cursor->ok && condition;
    return cursor->ok;
}

static void carry_bytes(struct cursor *cursor, void *bytes, size_t length)
{
    if (!demand(cursor, length <= cursor->size - cursor->at) || length == 0)
        return;
    if (cursor->to)
        memcpy(cursor->to + cursor->at, bytes, length);
    else
        memcpy(bytes, cursor->from + cursor->at, length);
    cursor->at += length;
}

static void carry_u64(struct cursor *cursor, uint64_t *value)
{
    uint8_t bytes[8];

    put_be64(bytes, *value);
    carry_bytes(cursor, bytes, sizeof(bytes));
    if (cursor->ok)
        *value = get_be64(bytes);
}

static void carry_u32(struct cursor *cursor, uint32_t *value)
{
    uint8_t bytes[4];

    put_be32(bytes, *value);
    carry_bytes(cursor, bytes, sizeof(bytes));
    if (cursor->ok)
        *value = get_be32(bytes);
}

static void carry_i32(struct cursor *cursor, int32_t *value)
{
    uint32_t bits = (uint32_t)*value;

    carry_u32(cursor, &bits);
    *value = (int32_t)bits;
}

/* A number of 0 to limit - 1. */
static void carry_choice(struct cursor *cursor, uint32_t *value, uint32_t limit)
{
    carry_u32(cursor, value);
    demand(cursor, *value < limit);
}

static void carry_bool(struct cursor *cursor, bool *value)
{
    uint32_t number = *value;

    carry_choice(cursor, &number, 2);
    *value = number == 1;
}

/* `length` bytes of a buffer of `size`. */
static void carry_part(struct cursor *cursor, uint8_t *bytes, uint32_t length, size_t size)
{
    if (demand(cursor, length <= size))
        carry_bytes(cursor, bytes, length);
}

/* Control characters could move a terminal's cursor and repaint what the user sees. */
static void make_printable(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = '?';
}

static void carry_text(struct cursor *cursor, char *text, size_t size)
{
    uint32_t length = 0;

    while (cursor->to && length < size - 1 && text[length])
        length++;
    carry_choice(cursor, &length, (uint32_t)size);
    if (!cursor->ok)
        return;
    carry_bytes(cursor, text, length);
    if (cursor->to || !cursor->ok)
        return;
    text[length] = '\0';
    demand(cursor, strlen(text) == length);
    make_printable(text);
}

static void carry_nothing(struct cursor *cursor, struct wire_message *message)
{
    (void)cursor;
    (void)message;
}

static void carry_hello(struct cursor *cursor, struct wire_message *message)
{
    struct wire_hello *hello = &message->as.hello;

    carry_u32(cursor, &hello->magic);
    carry_u32(cursor, &hello->version);
    carry_bytes(cursor, hello->nonce, sizeof(hello->nonce));
}

static void carry_disk(struct cursor *cursor, struct disk_identity *disk)
{
    carry_text(cursor, disk->vendor, sizeof(disk->vendor));
    carry_text(cursor, disk->product, sizeof(disk->product));
    carry_text(cursor, disk->revision, sizeof(disk->revision));
    carry_text(cursor, disk->serial, sizeof(disk->serial));
    carry_text(cursor, disk->designator, sizeof(disk->designator));
    carry_u32(cursor, &disk->block_size);
    carry_u64(cursor, &disk->blocks);
}

static void carry_information(struct cursor *cursor, struct wire_message *message)
{
    struct peer_information *information = &message->as.information;

    carry_text(cursor, information->suite_version, sizeof(information->suite_version));
    carry_text(cursor, information->system, sizeof(information->system));
    carry_text(cursor, information->disk_name, sizeof(information->disk_name));
    carry_disk(cursor, &information->disk);
    carry_u32(cursor, &information->work_block);
    carry_bool(cursor, &information->reserve);
    carry_bool(cursor, &information->data_loss);
    carry_bool(cursor, &information->bus_reset);
}

/* All of `input`, whatever its length: a case may put something behind the end on purpose. */
static void carry_request(struct cursor *cursor, struct wire_message *message)
{
    struct request *request = &message->as.request;

    carry_u32(cursor, &request->code);
    carry_choice(cursor, &request->access, HANDLE_ACCESSES);
    carry_choice(cursor, &request->overlapped, 2);
    carry_choice(cursor, &request->input_flags, NULL_BUFFER + 1);
    carry_choice(cursor, &request->output_flags, NULL_BUFFER + 1);
    carry_choice(cursor, &request->input_length, REQUEST_INPUT_MAX + 1);
    carry_choice(cursor, &request->output_length, REQUEST_OUTPUT_MAX + 1);
    carry_bytes(cursor, request->input, sizeof(request->input));
}

static void carry_answer(struct cursor *cursor, struct wire_message *message)
{
    struct answer *answer = &message->as.answer;

    carry_u32(cursor, &answer->returned);
    carry_u32(cursor, &answer->error);
    carry_i32(cursor, &answer->status);
    carry_u32(cursor, &answer->bytes);
    carry_u32(cursor, &answer->milliseconds);
    carry_u32(cursor, &answer->signalled);
    carry_u32(cursor, &answer->internal);
    carry_u32(cursor, &answer->internal_high);
    carry_u32(cursor, &answer->final_returned);
    carry_u32(cursor, &answer->final_error);
    carry_u32(cursor, &answer->final_bytes);
    carry_u32(cursor, &answer->input_changed);
    carry_u32(cursor, &answer->outside_changed);
    carry_u32(cursor, &answer->output_changed);
    carry_choice(cursor, &answer->output_kept, ANSWER_OUTPUT_MAX + 1);
    carry_part(cursor, answer->output, answer->output_kept, sizeof(answer->output));
}

static void carry_scsi_request(struct cursor *cursor, struct wire_message *message)
{
    struct scsi_request *request = &message->as.scsi_request;

    carry_choice(cursor, &request->direction, SCSI_DATA_OUT + 1);
    carry_u32(cursor, &request->length);
    carry_choice(cursor, &request->cdb_length, SCSI_CDB_MAX + 1);
    carry_bytes(cursor, request->cdb, sizeof(request->cdb));
    carry_part(cursor, request->data, request->length, sizeof(request->data));
}

/* All of `data`: what lies behind `transferred` is part of what a case sees. */
static void carry_scsi_answer(struct cursor *cursor, struct wire_message *message)
{
    struct scsi_answer *answer = &message->as.scsi_answer;

    carry_u32(cursor, &answer->returned);
    carry_u32(cursor, &answer->error);
    carry_u32(cursor, &answer->status);
    carry_u32(cursor, &answer->key);
    carry_u32(cursor, &answer->asc);
    carry_u32(cursor, &answer->ascq);
    carry_choice(cursor, &answer->transferred, SCSI_DATA_MAX + 1);
    carry_bytes(cursor, answer->data, sizeof(answer->data));
}

static void carry_raw_request(struct cursor *cursor, struct wire_message *message)
{
    struct raw_request *request = &message->as.raw_request;

    carry_choice(cursor, &request->action, RAW_FLUSH + 1);
    carry_choice(cursor, &request->overlapped, 2);
    carry_u64(cursor, &request->offset);
    carry_u32(cursor, &request->length);
    carry_part(cursor, request->data, request->length, sizeof(request->data));
}

static void carry_raw_answer(struct cursor *cursor, struct wire_message *message)
{
    struct raw_answer *answer = &message->as.raw_answer;

    carry_u32(cursor, &answer->returned);
    carry_u32(cursor, &answer->error);
    carry_choice(cursor, &answer->bytes, SCSI_DATA_MAX + 1);
    carry_bytes(cursor, answer->data, sizeof(answer->data));
}

static void carry_reason(struct cursor *cursor, struct wire_message *message)
{
    carry_text(cursor, message->as.reason, sizeof(message->as.reason));
}

static const struct {
    const char *name;
    void (*carry)(struct cursor *cursor, struct wire_message *message);
} kinds[WIRE_KINDS] = {
#define X(name, form) [WIRE_##name] = {#name, carry_##form},
    WIRE_KIND_TABLE(X)
#undef X
};

static bool known(uint32_t kind)
{
    return kind > WIRE_NO_KIND && kind < WIRE_KINDS;
}

size_t wire_encode(const struct wire_message *message, uint8_t payload[WIRE_PAYLOAD_MAX],
                   bool *fits)
{
    struct cursor cursor = {.size = WIRE_PAYLOAD_MAX, .ok = true};
    struct wire_message copy = *message;

    cursor.to = payload;
    if (demand(&cursor, known(message->kind)))
        kinds[message->kind].carry(&cursor, &copy);
    *fits = cursor.ok;
    return cursor.ok ? cursor.at : 0;
}

bool wire_decode(uint32_t kind, const uint8_t *payload, size_t length, struct wire_message *message)
{
    struct cursor cursor = {.from = payload, .size = length, .ok = true};

    memset(message, 0, sizeof(*message));
    message->kind = kind;
    if (!known(kind))
        return false;
    kinds[kind].carry(&cursor, message);
    return cursor.ok && cursor.at == length;
}

void wire_put_header(uint8_t header[WIRE_HEADER], uint32_t kind, size_t length)
{
    put_be32(header, (uint32_t)length);
    put_be32(header + 4, kind);
}

bool wire_get_header(const uint8_t header[WIRE_HEADER], uint32_t *kind, size_t *length)
{
    *length = get_be32(header);
    *kind = get_be32(header + 4);
    return known(*kind) && *length <= WIRE_PAYLOAD_MAX;
}

const char *wire_kind_name(uint32_t kind)
{
    return known(kind) ? kinds[kind].name : "?";
}
