#include "channel.h"

#include <string.h>

enum { NUMBER = 8 /* bytes of a frame's number */ };

void channel_open(struct channel *channel, const struct secret_provider *provider, SOCKET socket)
{
    memset(channel, 0, sizeof(*channel));
    channel->socket = socket;
    channel->provider = provider;
}

void channel_close(struct channel *channel)
{
    if (channel->socket != INVALID_SOCKET)
        closesocket(channel->socket);
    SecureZeroMemory(channel, sizeof(*channel));
    channel->socket = INVALID_SOCKET;
}

bool channel_seal(struct channel *channel, const struct secret_key *secret,
                  enum secret_direction sending, const uint8_t server_nonce[WIRE_NONCE],
                  const uint8_t client_nonce[WIRE_NONCE])
{
    const enum secret_direction receiving =
        sending == CLIENT_TO_SERVER ? SERVER_TO_CLIENT : CLIENT_TO_SERVER;

    channel->sealed = secret_session_key(channel->provider, secret, sending, server_nonce,
                                         client_nonce, &channel->send_key) &&
                      secret_session_key(channel->provider, secret, receiving, server_nonce,
                                         client_nonce, &channel->receive_key);
    return channel->sealed;
}

static enum channel_result of_tcp(enum tcp_result result)
{
    static const enum channel_result results[] = {
        [TCP_DONE] = CHANNEL_DONE,
        [TCP_CLOSED] = CHANNEL_CLOSED,
        [TCP_TIMED_OUT] = CHANNEL_TIMED_OUT,
        [TCP_INTERRUPTED] = CHANNEL_INTERRUPTED,
    };

    return results[result];
}

/* The tag of the frame that lies in the channel, as number `number` of its direction. */
static bool make_tag(struct channel *channel, const struct secret_key *key, uint64_t number,
                     size_t length, uint8_t tag[WIRE_TAG])
{
    put_be64(channel->frame, number);
    return secret_hmac(channel->provider, key, channel->frame, NUMBER + WIRE_HEADER + length, tag);
}

enum channel_result channel_send(struct channel *channel, const struct wire_message *message,
                                 const struct tcp_patience *patience)
{
    uint8_t *frame = channel->frame + NUMBER;
    bool fits;
    const size_t length = wire_encode(message, frame + WIRE_HEADER, &fits);
    uint8_t *tag = frame + WIRE_HEADER + length;

    if (!fits)
        return CHANNEL_MALFORMED;
    wire_put_header(frame, message->kind, length);
    memset(tag, 0, WIRE_TAG);
    if (channel->sealed && !make_tag(channel, &channel->send_key, channel->sent++, length, tag))
        return CHANNEL_FAILED;
    return of_tcp(tcp_send(channel->socket, frame, WIRE_HEADER + length + WIRE_TAG, patience));
}

static enum channel_result receive_frame(struct channel *channel, uint32_t *kind, size_t *length,
                                         const struct tcp_patience *patience)
{
    uint8_t *frame = channel->frame + NUMBER;
    enum tcp_result result = tcp_receive(channel->socket, frame, WIRE_HEADER, patience);

    if (result != TCP_DONE)
        return of_tcp(result);
    if (!wire_get_header(frame, kind, length))
        return CHANNEL_MALFORMED;
    return of_tcp(tcp_receive(channel->socket, frame + WIRE_HEADER, *length + WIRE_TAG, patience));
}

static enum channel_result check_tag(struct channel *channel, size_t length)
{
    uint8_t tag[WIRE_TAG];

    if (!make_tag(channel, &channel->receive_key, channel->received, length, tag))
        return CHANNEL_FAILED;
    if (!secret_equal(tag, channel->frame + NUMBER + WIRE_HEADER + length, WIRE_TAG))
        return CHANNEL_FORGED;
    channel->received++;
    return CHANNEL_DONE;
}

enum channel_result channel_receive_hello(struct channel *channel, struct wire_message *message,
                                          const struct tcp_patience *patience)
{
    uint32_t kind = WIRE_NO_KIND;
    size_t length = 0;
    enum channel_result result = receive_frame(channel, &kind, &length, patience);

    if (result != CHANNEL_DONE)
        return result;
    return wire_decode(kind, channel->frame + NUMBER + WIRE_HEADER, length, message)
               ? CHANNEL_DONE
               : CHANNEL_MALFORMED;
}

enum channel_result channel_check_hello(struct channel *channel)
{
    uint32_t kind = WIRE_NO_KIND;
    size_t length = 0;

    if (!wire_get_header(channel->frame + NUMBER, &kind, &length))
        return CHANNEL_MALFORMED;
    return check_tag(channel, length);
}

enum channel_result channel_receive(struct channel *channel, struct wire_message *message,
                                    const struct tcp_patience *patience)
{
    uint32_t kind = WIRE_NO_KIND;
    size_t length = 0;
    enum channel_result result = receive_frame(channel, &kind, &length, patience);

    if (result == CHANNEL_DONE)
        result = check_tag(channel, length);
    if (result != CHANNEL_DONE)
        return result;
    return wire_decode(kind, channel->frame + NUMBER + WIRE_HEADER, length, message)
               ? CHANNEL_DONE
               : CHANNEL_MALFORMED;
}

const char *channel_words(enum channel_result result)
{
    static const char *const words[CHANNEL_RESULTS] = {
        [CHANNEL_DONE] = "nothing is wrong",
        [CHANNEL_CLOSED] = "the connection broke",
        [CHANNEL_TIMED_OUT] = "nothing came in time",
        [CHANNEL_INTERRUPTED] = "it was interrupted",
        [CHANNEL_FORGED] = "a message came that the other side did not send now",
        [CHANNEL_MALFORMED] = "a message came that is none of this protocol",
        [CHANNEL_FAILED] = "this system could not compute HMAC-SHA-256",
    };

    return words[result];
}
