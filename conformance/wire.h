/* What goes over the wire between --peer and --serve: messages, and the frames that carry them.
 * Portable, without any Windows header; every byte that comes in is hostile until decoded.
 *
 * A frame is
 *     length   4 bytes, of the payload
 *     kind     4 bytes, enum wire_kind
 *     payload  the message, field by field
 *     tag      32 bytes, HMAC-SHA-256 over: the frame's number in its direction (8 bytes, from 0),
 *              length, kind, payload
 * All numbers are big endian. The order of a session:
 *     server: SERVER_HELLO  with a nonce; no key is agreed yet, so its tag is zeros
 *     client: CLIENT_HELLO  with a nonce; its tag proves that the client knows the secret
 *     server: WELCOME       its tag proves the same of the server
 *     client: REQUEST, SCSI_REQUEST or RAW_REQUEST, each answered before the next; at the end
 *             GOODBYE
 * Each direction's key is made of the secret, both nonces and the direction (secret.h), so no frame
 * can be repeated, reordered, sent back or brought in from another session. The secret itself is
 * never sent. Nothing is encrypted: reservations on a test disk are no secret, but who may make
 * them has to be known.
 * In place of SERVER_HELLO a busy server sends BUSY, in place of WELCOME it sends DENIED; both
 * without tag. */
#ifndef CONFORMANCE_WIRE_H
#define CONFORMANCE_WIRE_H

#include "environment.h"
#include "node.h"
#include "request.h"

#include <stddef.h>

enum {
    WIRE_MAGIC = 0x48464353, /* "HFCS" */
    WIRE_VERSION = 1,
    WIRE_NONCE = 32,
    WIRE_HEADER = 8,
    WIRE_TAG = 32,
    WIRE_PAYLOAD_MAX = 4608,
    WIRE_FRAME_MAX = WIRE_HEADER + WIRE_PAYLOAD_MAX + WIRE_TAG,
};

/* Constant, and the form of the message: a member of the union below, or nothing. */
#define WIRE_KIND_TABLE(X)                                        \
    X(SERVER_HELLO, hello)                                        \
    X(CLIENT_HELLO, hello)                                        \
    X(WELCOME, information)                                       \
    X(BUSY, nothing)                                              \
    X(DENIED, nothing)                                            \
    X(REQUEST, request)                                           \
    X(ANSWER, answer)                                             \
    X(SCSI_REQUEST, scsi_request)                                 \
    X(SCSI_ANSWER, scsi_answer)                                   \
    X(RAW_REQUEST, raw_request)                                   \
    X(RAW_ANSWER, raw_answer)                                     \
    X(REFUSED, reason) /* why */                                  \
    X(LOST, reason)    /* the server's own node: node->problem */ \
    X(STOPPED, reason) /* the server ends: why */                 \
    X(GOODBYE, nothing)

enum wire_kind {
    WIRE_NO_KIND,
#define X(name, member) WIRE_##name,
    WIRE_KIND_TABLE(X)
#undef X
        WIRE_KINDS
};

struct wire_hello {
    uint32_t magic, version;
    uint8_t nonce[WIRE_NONCE];
};

/* What the server tells of its machine. */
struct peer_information {
    char suite_version[32];
    char system[128];
    char disk_name[NODE_NAME_MAX];
    struct disk_identity disk;
    uint32_t work_block;
    bool reserve, data_loss, bus_reset; /* what its operator consented to */
};

struct wire_message {
    uint32_t kind; /* enum wire_kind */
    union {
        struct wire_hello hello;
        struct peer_information information;
        struct request request;
        struct answer answer;
        struct scsi_request scsi_request;
        struct scsi_answer scsi_answer;
        struct raw_request raw_request;
        struct raw_answer raw_answer;
        char reason[NODE_PROBLEM_MAX];
    } as;
};

/* Writes the payload; its length, or 0 with *fits false where the message has a field that cannot
 * be sent (a length beyond its buffer, a number that its enum does not have). */
size_t wire_encode(const struct wire_message *message, uint8_t payload[WIRE_PAYLOAD_MAX],
                   bool *fits);

/* False for a payload that wire_encode would not have written. Lengths are within their buffers,
 * enums have a value, texts have a terminator and '?' for control characters. */
bool wire_decode(uint32_t kind, const uint8_t *payload, size_t length,
                 struct wire_message *message);

void wire_put_header(uint8_t header[WIRE_HEADER], uint32_t kind, size_t length);

/* False for an unknown kind and a payload that is longer than any. */
bool wire_get_header(const uint8_t header[WIRE_HEADER], uint32_t *kind, size_t *length);

const char *wire_kind_name(uint32_t kind);

#endif
