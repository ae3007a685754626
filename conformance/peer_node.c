#include "peer_node.h"

#include "channel.h"
#include "compiler.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_MS = 10 * 1000 };

struct peer_node {
    struct node node;
    struct secret_provider provider;
    struct channel channel;
    uint32_t timeout_ms;
    CRITICAL_SECTION turn; /* a case that was given up may still wait for its answer */
};

static bool say(char problem[NODE_PROBLEM_MAX], const char *text, ...) PRINTF_FORMAT(2, 3);

static bool say(char problem[NODE_PROBLEM_MAX], const char *text, ...)
{
    va_list arguments;

    va_start(arguments, text);
    vsnprintf(problem, NODE_PROBLEM_MAX, text, arguments);
    va_end(arguments);
    return false;
}

/* What a server says instead of an answer. */
static bool say_instead(char problem[NODE_PROBLEM_MAX], const struct wire_message *message)
{
    switch (message->kind) {
    case WIRE_BUSY:
        return say(problem, "the server is busy with another session");
    case WIRE_DENIED:
        return say(problem, "the server does not accept this secret: give the one that it printed "
                            "when it was started");
    case WIRE_REFUSED:
        return say(problem, "the server refuses: %.230s", message->as.reason);
    case WIRE_LOST:
        return say(problem, "the server lost its disk: %.220s", message->as.reason);
    case WIRE_STOPPED:
        return say(problem, "the server ended: %.220s", message->as.reason);
    default:
        return say(problem, "the server answers out of turn (%s)", wire_kind_name(message->kind));
    }
}

/* Sends, and receives the one kind of message that answers it. */
static bool converse(struct peer_node *peer, struct wire_message *message, uint32_t answer)
{
    const struct tcp_patience patience = {peer->timeout_ms, NULL};
    char *problem = peer->node.problem;
    enum channel_result result = channel_send(&peer->channel, message, &patience);

    if (result == CHANNEL_MALFORMED)
        return say(problem, "the request cannot be sent to another machine");
    if (result == CHANNEL_DONE)
        result = channel_receive(&peer->channel, message, &patience);
    if (result == CHANNEL_TIMED_OUT)
        return say(problem, "the server did not answer within %lu s",
                   (unsigned long)(peer->timeout_ms / 1000));
    if (result != CHANNEL_DONE)
        return say(problem, "the server is lost: %s", channel_words(result));
    return message->kind == answer || say_instead(problem, message);
}

static bool take_turn(struct peer_node *peer, struct wire_message *message, uint32_t answer)
{
    bool answered;

    EnterCriticalSection(&peer->turn);
    answered = !peer->node.problem[0] && converse(peer, message, answer);
    LeaveCriticalSection(&peer->turn);
    return answered;
}

static bool peer_request(struct node *node, const struct request *request, struct answer *answer)
{
    struct wire_message message = {.kind = WIRE_REQUEST, .as.request = *request};

    memset(answer, 0, sizeof(*answer));
    if (!take_turn((struct peer_node *)node, &message, WIRE_ANSWER))
        return false;
    *answer = message.as.answer;
    return true;
}

static bool peer_scsi(struct node *node, const struct scsi_request *request,
                      struct scsi_answer *answer)
{
    struct wire_message message = {.kind = WIRE_SCSI_REQUEST, .as.scsi_request = *request};

    memset(answer, 0, sizeof(*answer));
    if (!take_turn((struct peer_node *)node, &message, WIRE_SCSI_ANSWER))
        return false;
    *answer = message.as.scsi_answer;
    return true;
}

static bool peer_raw(struct node *node, const struct raw_request *request,
                     struct raw_answer *answer)
{
    struct wire_message message = {.kind = WIRE_RAW_REQUEST, .as.raw_request = *request};

    memset(answer, 0, sizeof(*answer));
    if (!take_turn((struct peer_node *)node, &message, WIRE_RAW_ANSWER))
        return false;
    *answer = message.as.raw_answer;
    return true;
}

static void destroy(struct peer_node *peer)
{
    channel_close(&peer->channel);
    secret_close(&peer->provider);
    DeleteCriticalSection(&peer->turn);
    tcp_stop();
    free(peer);
}

/* The server takes its registration back and says GOODBYE when that is done. */
static void peer_close(struct node *node)
{
    struct peer_node *peer = (struct peer_node *)node;
    struct wire_message message = {.kind = WIRE_GOODBYE};

    if (node->problem[0])
        shutdown(peer->channel.socket, SD_BOTH); /* wakes who still waits for an answer */
    take_turn(peer, &message, WIRE_GOODBYE);
    EnterCriticalSection(&peer->turn);
    LeaveCriticalSection(&peer->turn);
    destroy(peer);
}

static const struct node_operations peer_operations = {
    .request = peer_request,
    .scsi = peer_scsi,
    .raw = peer_raw,
    .close = peer_close,
};

static bool is_hello(const struct wire_message *message, uint32_t kind,
                     char problem[NODE_PROBLEM_MAX])
{
    const struct wire_hello *hello = &message->as.hello;

    if (message->kind != kind)
        return say_instead(problem, message);
    if (hello->magic != WIRE_MAGIC)
        return say(problem, "what listens there is no holdfast-conformance --serve");
    if (hello->version != WIRE_VERSION)
        return say(problem,
                   "the server speaks version %lu of the protocol, this suite version %d: use the "
                   "same holdfast-conformance on both machines",
                   (unsigned long)hello->version, WIRE_VERSION);
    return true;
}

static bool handshake_failed(char problem[NODE_PROBLEM_MAX], enum channel_result result)
{
    if (result == CHANNEL_MALFORMED)
        return say(problem, "what listens there is no holdfast-conformance --serve");
    if (result == CHANNEL_FORGED)
        return say(problem, "the server does not know this secret: it may be another's server");
    return say(problem, "the server did not let us in: %s", channel_words(result));
}

/* See wire.h for the order. */
static bool shake_hands(struct peer_node *peer, const struct secret_key *secret,
                        struct peer_information *information, char problem[NODE_PROBLEM_MAX])
{
    const struct tcp_patience patience = {CONNECT_MS, NULL};
    struct channel *channel = &peer->channel;
    struct wire_message message, hello = {.kind = WIRE_CLIENT_HELLO};
    enum channel_result result = channel_receive_hello(channel, &message, &patience);

    if (result != CHANNEL_DONE)
        return handshake_failed(problem, result);
    if (!is_hello(&message, WIRE_SERVER_HELLO, problem))
        return false;
    hello.as.hello.magic = WIRE_MAGIC;
    hello.as.hello.version = WIRE_VERSION;
    if (!secret_random(&peer->provider, hello.as.hello.nonce, WIRE_NONCE) ||
        !channel_seal(channel, secret, CLIENT_TO_SERVER, message.as.hello.nonce,
                      hello.as.hello.nonce))
        return handshake_failed(problem, CHANNEL_FAILED);
    result = channel_send(channel, &hello, &patience);
    if (result == CHANNEL_DONE)
        result = channel_receive_hello(channel, &message, &patience);
    if (result != CHANNEL_DONE)
        return handshake_failed(problem, result);
    if (message.kind != WIRE_WELCOME)
        return say_instead(problem, &message);
    result = channel_check_hello(channel);
    if (result != CHANNEL_DONE)
        return handshake_failed(problem, result);
    *information = message.as.information;
    return true;
}

static bool connect_peer(struct peer_node *peer, const char *text, const struct secret_key *secret,
                         struct peer_information *information, char problem[NODE_PROBLEM_MAX])
{
    struct peer_address address;

    if (!peer_address_parse(text, &address) || !address.port[0])
        return say(problem, "'%.120s' is no address: say HOST:PORT, as the server printed it",
                   text);
    if (!secret_open(&peer->provider))
        return say(problem, "this system's CryptoAPI has no SHA-256 (error %lu)", GetLastError());
    peer->channel.socket = tcp_connect(&address, CONNECT_MS, problem);
    if (peer->channel.socket == INVALID_SOCKET)
        return false;
    channel_open(&peer->channel, &peer->provider, peer->channel.socket);
    if (!shake_hands(peer, secret, information, problem))
        return false;
    snprintf(peer->node.name, sizeof(peer->node.name), "%.190s at %.100s", information->disk_name,
             text);
    return true;
}

struct node *peer_node_connect(const char *address, const char *secret, uint32_t timeout_s,
                               struct peer_information *information, char problem[NODE_PROBLEM_MAX])
{
    struct secret_key key;
    struct peer_node *peer;
    bool connected;

    problem[0] = '\0';
    if (!secret_parse(secret, key.bytes)) {
        say(problem, "that is no secret of holdfast-conformance --serve: it is 26 letters and "
                     "digits in groups of four");
        return NULL;
    }
    peer = calloc(1, sizeof(*peer));
    if (!peer || !tcp_start()) {
        say(problem, "no memory, or no network on this machine");
        free(peer);
        return NULL;
    }
    InitializeCriticalSection(&peer->turn);
    peer->node.operations = &peer_operations;
    peer->timeout_ms = timeout_s * 1000;
    peer->channel.socket = INVALID_SOCKET;
    connected = connect_peer(peer, address, &key, information, problem);
    SecureZeroMemory(&key, sizeof(key));
    if (connected)
        return &peer->node;
    destroy(peer);
    return NULL;
}
