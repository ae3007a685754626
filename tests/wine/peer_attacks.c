/* Below peer_node: an attacker, or one who knows the secret and breaks the rules. */
#include "peer_client.h"

#include "../../conformance/channel.h"

#include <string.h>

static const struct tcp_patience patience = {PEER_TIMEOUT_S * 1000, NULL};
static struct secret_provider provider;

static void greet(struct channel *channel, const char *address)
{
    struct peer_address parsed;
    char problem[NODE_PROBLEM_MAX];

    CHECK(tcp_start() && secret_open(&provider) && peer_address_parse(address, &parsed));
    channel_open(channel, &provider, tcp_connect(&parsed, PEER_TIMEOUT_S * 1000, problem));
    CHECK(channel->socket != INVALID_SOCKET);
}

static void let_in(struct channel *channel, const char *address, const char *secret)
{
    struct wire_message message, hello = {.kind = WIRE_CLIENT_HELLO};
    struct secret_key key;

    greet(channel, address);
    CHECK(secret_parse(secret, key.bytes));
    CHECK(channel_receive_hello(channel, &message, &patience) == CHANNEL_DONE);
    hello.as.hello.magic = WIRE_MAGIC;
    hello.as.hello.version = WIRE_VERSION;
    CHECK(channel_seal(channel, &key, CLIENT_TO_SERVER, message.as.hello.nonce,
                       hello.as.hello.nonce));
    CHECK(channel_send(channel, &hello, &patience) == CHANNEL_DONE);
    CHECK(channel_receive_hello(channel, &message, &patience) == CHANNEL_DONE);
    CHECK(message.kind == WIRE_WELCOME && channel_check_hello(channel) == CHANNEL_DONE);
}

static struct wire_message a_request(void)
{
    struct wire_message message = {.kind = WIRE_REQUEST};

    message.as.request = peer_register(PEER_KEY);
    return message;
}

/* The server says that it ends, and does. */
static void expect_end(struct channel *channel)
{
    struct wire_message message;

    if (channel_receive(channel, &message, &patience) == CHANNEL_DONE)
        CHECK(message.kind == WIRE_STOPPED);
    CHECK(channel_receive(channel, &message, &patience) == CHANNEL_CLOSED);
}

void peer_replay(const char *address, const char *secret)
{
    struct wire_message message = a_request();
    struct channel channel;
    uint8_t copy[sizeof(channel.frame)];
    size_t length;

    let_in(&channel, address, secret);
    CHECK(channel_send(&channel, &message, &patience) == CHANNEL_DONE);
    memcpy(copy, channel.frame, sizeof(copy));
    length = WIRE_HEADER + get_be32(copy + 8) + WIRE_TAG;
    CHECK(channel_receive(&channel, &message, &patience) == CHANNEL_DONE);
    CHECK(message.kind == WIRE_ANSWER);
    CHECK(tcp_send(channel.socket, copy + 8, length, &patience) == TCP_DONE);
    expect_end(&channel);
}

void peer_tampered(const char *address, const char *secret)
{
    const struct wire_message message = a_request();
    struct channel channel;

    let_in(&channel, address, secret);
    channel.send_key.bytes[0] ^= 1;
    CHECK(channel_send(&channel, &message, &patience) == CHANNEL_DONE);
    expect_end(&channel);
}

void peer_oversized(const char *address, const char *secret)
{
    static const uint8_t header[WIRE_HEADER] = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, WIRE_REQUEST};
    struct channel channel;

    let_in(&channel, address, secret);
    CHECK(tcp_send(channel.socket, header, sizeof(header), &patience) == TCP_DONE);
    expect_end(&channel);
}

void peer_out_of_turn(const char *address, const char *secret)
{
    const struct wire_message message = {.kind = WIRE_ANSWER};
    struct channel channel;

    let_in(&channel, address, secret);
    CHECK(channel_send(&channel, &message, &patience) == CHANNEL_DONE);
    expect_end(&channel);
}

/* A request before the handshake. */
void peer_too_early(const char *address, const char *secret)
{
    const struct wire_message request = a_request();
    struct wire_message message;
    struct channel channel;

    (void)secret;
    for (int i = 0; i < 3; i++) {
        greet(&channel, address);
        CHECK(channel_receive_hello(&channel, &message, &patience) == CHANNEL_DONE);
        CHECK(channel_send(&channel, &request, &patience) == CHANNEL_DONE);
        CHECK(channel_receive_hello(&channel, &message, &patience) == CHANNEL_DONE);
        CHECK(message.kind == WIRE_DENIED);
        channel_close(&channel);
    }
}

/* RFC 4231, test case 2: HMAC pads a short key with zeros, so "Jefe" may as well have 16 bytes. */
void peer_hmac(const char *address, const char *secret)
{
    static const struct secret_key key = {"Jefe"};
    static const char text[] = "what do ya want for nothing?";
    static const uint8_t right[WIRE_TAG] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e,
                                            0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
                                            0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83,
                                            0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};
    uint8_t tag[WIRE_TAG];

    (void)address;
    (void)secret;
    CHECK(secret_open(&provider));
    CHECK(secret_hmac(&provider, &key, (const uint8_t *)text, sizeof(text) - 1, tag));
    CHECK(memcmp(tag, right, WIRE_TAG) == 0);
}
