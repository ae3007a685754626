#include "serve.h"

#include "serve_session.h"

#include <stdio.h>
#include <string.h>

enum { TRIES = 3, LONG_MS = 60 * 60 * 1000 };

struct server {
    const struct serve_options *options;
    struct secret_provider provider;
    struct secret_key secret;
    SOCKET listening;
    struct channel channel;
};

static struct wire_message welcome(const struct serve_options *options)
{
    const struct environment *environment = options->environment;
    struct wire_message message = {.kind = WIRE_WELCOME};
    struct peer_information *information = &message.as.information;

    snprintf(information->suite_version, sizeof(information->suite_version), "%s",
             HOLDFAST_VERSION);
    snprintf(information->system, sizeof(information->system), "%s", environment->system);
    WideCharToMultiByte(CP_UTF8, 0, options->disk_name, -1, information->disk_name,
                        sizeof(information->disk_name) - 1, NULL, NULL);
    information->disk = environment->disk;
    information->work_block = environment->work_block;
    information->reserve = options->reserve;
    information->data_loss = options->data_loss;
    information->bus_reset = options->bus_reset;
    return message;
}

/* wire.h has the order. CHANNEL_FORGED is a wrong secret. */
static enum channel_result shake_hands(struct server *server)
{
    const struct tcp_patience patience = {SERVE_HANDSHAKE_S * 1000, server->options->interrupted};
    struct channel *channel = &server->channel;
    struct wire_message hello = {.kind = WIRE_SERVER_HELLO}, message;
    enum channel_result result;

    hello.as.hello.magic = WIRE_MAGIC;
    hello.as.hello.version = WIRE_VERSION;
    if (!secret_random(&server->provider, hello.as.hello.nonce, WIRE_NONCE))
        return CHANNEL_FAILED;
    result = channel_send(channel, &hello, &patience);
    if (result == CHANNEL_DONE)
        result = channel_receive_hello(channel, &message, &patience);
    if (result != CHANNEL_DONE)
        return result;
    if (message.kind != WIRE_CLIENT_HELLO || message.as.hello.magic != WIRE_MAGIC ||
        message.as.hello.version != WIRE_VERSION)
        return CHANNEL_MALFORMED;
    if (!channel_seal(channel, &server->secret, SERVER_TO_CLIENT, hello.as.hello.nonce,
                      message.as.hello.nonce))
        return CHANNEL_FAILED;
    result = channel_check_hello(channel);
    if (result != CHANNEL_DONE)
        return result;
    message = welcome(server->options);
    return channel_send(channel, &message, &patience);
}

/* True once a client has proved itself. */
static bool let_in(struct server *server)
{
    const struct tcp_patience patience = {1000, NULL};
    const struct wire_message denied = {.kind = WIRE_DENIED};
    const SOCKET client = tcp_accept(server->listening);
    char name[TCP_NAME_MAX];
    enum channel_result result;

    if (client == INVALID_SOCKET)
        return false;
    tcp_name(client, true, name);
    channel_open(&server->channel, &server->provider, client);
    result = shake_hands(server);
    if (result == CHANNEL_DONE) {
        serve_say("a session with %s begins", name);
        return true;
    }
    serve_say("%s was not let in: %s", name,
              result == CHANNEL_FORGED ? "it does not know the secret" : channel_words(result));
    server->channel.sealed = false;
    channel_send(&server->channel, &denied, &patience);
    channel_close(&server->channel);
    return false;
}

static int serve_one(struct server *server)
{
    const struct tcp_patience patience = {LONG_MS, server->options->interrupted};
    int tries = 0, code;
    unsigned ready;

    while (tries < TRIES) {
        const enum tcp_result result =
            tcp_wait(server->listening, INVALID_SOCKET, &patience, &ready);

        if (result == TCP_INTERRUPTED) {
            serve_say("stopped before a session began");
            return SERVE_BROKE_OFF;
        }
        if (result != TCP_DONE)
            continue;
        if (let_in(server)) {
            code = serve_session(server->options, &server->channel, server->listening);
            channel_close(&server->channel);
            return code;
        }
        tries++;
    }
    serve_say("ended after %d failed tries; start again for another secret", TRIES);
    return SERVE_FAILED;
}

static const char *consent(bool given)
{
    return given ? "yes" : "no";
}

/* What a program that starts this one may read: "listening on " and "secret: ". */
static void announce(const struct server *server)
{
    const struct serve_options *options = server->options;
    const struct wire_message message = welcome(options);
    char name[TCP_NAME_MAX], text[SECRET_TEXT_MAX];

    tcp_name(server->listening, false, name);
    secret_format(server->secret.bytes, text);
    serve_say("serving %s: --reserve %s, --data-loss %s, --bus-reset %s",
              message.as.information.disk_name, consent(options->reserve),
              consent(options->data_loss), consent(options->bus_reset));
    if (!tcp_is_loopback(server->listening))
        serve_say("other machines can reach this one: only who has the secret is let in");
    serve_say("listening on %s", name);
    serve_say("secret: %s", text);
}

static int listen_and_serve(struct server *server)
{
    char problem[NODE_PROBLEM_MAX];
    struct peer_address address;
    int code;

    if (!peer_address_parse(server->options->address ? server->options->address : "127.0.0.1",
                            &address)) {
        serve_say("'%.120s' is no address: say HOST, HOST:PORT or [IPV6]:PORT",
                  server->options->address);
        return SERVE_FAILED;
    }
    server->listening = tcp_listen(&address, problem);
    if (server->listening == INVALID_SOCKET) {
        serve_say("%s", problem);
        return SERVE_FAILED;
    }
    announce(server);
    code = serve_one(server);
    closesocket(server->listening);
    return code;
}

int serve(const struct serve_options *options)
{
    struct server server;
    int code = SERVE_FAILED;

    memset(&server, 0, sizeof(server));
    server.options = options;
    if (!tcp_start()) {
        serve_say("no network on this machine");
        return code;
    }
    if (!secret_open(&server.provider) ||
        !secret_random(&server.provider, server.secret.bytes, SECRET_BYTES))
        serve_say("this system's CryptoAPI has no SHA-256 (error %lu)", GetLastError());
    else
        code = listen_and_serve(&server);
    SecureZeroMemory(&server.secret, sizeof(server.secret));
    secret_close(&server.provider);
    tcp_stop();
    return code;
}
