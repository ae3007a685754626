/* One connection between --peer and --serve: frames with tags (wire.h) over a stream (tcp.h). */
#ifndef CONFORMANCE_CHANNEL_H
#define CONFORMANCE_CHANNEL_H

#include "secret.h"
#include "tcp.h"
#include "wire.h"

enum channel_result {
    CHANNEL_DONE,
    CHANNEL_CLOSED, /* by the other side, or the network */
    CHANNEL_TIMED_OUT,
    CHANNEL_INTERRUPTED,
    CHANNEL_FORGED,    /* the tag is wrong: not from who knows the secret, or not in its turn */
    CHANNEL_MALFORMED, /* no frame or message of this protocol */
    CHANNEL_FAILED,    /* this system could not compute a tag */
    CHANNEL_RESULTS
};

struct channel {
    SOCKET socket;
    const struct secret_provider *provider;
    bool sealed; /* the keys are agreed */
    struct secret_key send_key, receive_key;
    uint64_t sent, received;           /* sealed frames */
    uint8_t frame[8 + WIRE_FRAME_MAX]; /* the frame's number stands before it */
};

/* Takes the socket over. */
void channel_open(struct channel *channel, const struct secret_provider *provider, SOCKET socket);
void channel_close(struct channel *channel);

/* From here on every frame is sealed. `sending` is the direction in which this side sends. */
bool channel_seal(struct channel *channel, const struct secret_key *secret,
                  enum secret_direction sending, const uint8_t server_nonce[WIRE_NONCE],
                  const uint8_t client_nonce[WIRE_NONCE]);

/* CHANNEL_MALFORMED where the message cannot be sent; then nothing was. */
enum channel_result channel_send(struct channel *channel, const struct wire_message *message,
                                 const struct tcp_patience *patience);

/* A frame whose tag is right. Only once the channel is sealed. */
enum channel_result channel_receive(struct channel *channel, struct wire_message *message,
                                    const struct tcp_patience *patience);

/* The frames of the handshake, whose keys depend on what is in them: receives and decodes one and
 * leaves its tag to channel_check_hello, which may be called when the channel has been sealed. */
enum channel_result channel_receive_hello(struct channel *channel, struct wire_message *message,
                                          const struct tcp_patience *patience);
enum channel_result channel_check_hello(struct channel *channel);

/* "the connection broke". */
const char *channel_words(enum channel_result result);

#endif
