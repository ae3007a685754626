#include "serve_session.h"

#include "guard.h"
#include "local_node.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_MS = 10 * 1000 }; /* for a message, once its first byte is there */

struct session {
    const struct serve_options *options;
    struct channel *channel;
    SOCKET listening;
    struct guard guard;
    struct node *node;
};

void serve_say(const char *text, ...)
{
    va_list arguments;

    va_start(arguments, text);
    vprintf(text, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

/* Tells a client that it cannot be served, and closes. */
static void turn_away(SOCKET client, const struct secret_provider *provider)
{
    const struct tcp_patience patience = {1000, NULL};
    const struct wire_message busy = {.kind = WIRE_BUSY};
    struct channel channel;

    if (client == INVALID_SOCKET)
        return;
    channel_open(&channel, provider, client);
    channel_send(&channel, &busy, &patience);
    channel_close(&channel);
}

static void refuse(struct wire_message *message, const char *reason)
{
    char copy[GUARD_REASON_MAX];

    snprintf(copy, sizeof(copy), "%s", reason);
    serve_say("refused: %s", copy);
    message->kind = WIRE_REFUSED;
    snprintf(message->as.reason, sizeof(message->as.reason), "%s", copy);
}

static void lost(struct wire_message *message, const struct node *node)
{
    serve_say("the disk does not answer: %s", node->problem);
    message->kind = WIRE_LOST;
    snprintf(message->as.reason, sizeof(message->as.reason), "%s", node->problem);
}

static void answer_request(struct session *session, struct wire_message *message)
{
    const struct request request = message->as.request;
    char reason[GUARD_REASON_MAX];
    bool answered;

    if (!guard_allows_request(&session->guard, &request, reason)) {
        refuse(message, reason);
        return;
    }
    message->kind = WIRE_ANSWER;
    answered = node_request(session->node, &request, &message->as.answer);
    guard_note_request(&session->guard, &request, answered ? &message->as.answer : NULL);
    if (!answered)
        lost(message, session->node);
}

static void answer_scsi(struct session *session, struct wire_message *message)
{
    const struct scsi_request request = message->as.scsi_request;
    char reason[GUARD_REASON_MAX];
    bool answered;

    if (!guard_allows_scsi(&session->guard, &request, reason)) {
        refuse(message, reason);
        return;
    }
    message->kind = WIRE_SCSI_ANSWER;
    answered = node_scsi(session->node, &request, &message->as.scsi_answer);
    guard_note_scsi(&session->guard, &request, answered ? &message->as.scsi_answer : NULL);
    if (!answered)
        lost(message, session->node);
}

static void answer_raw(struct session *session, struct wire_message *message)
{
    const struct raw_request request = message->as.raw_request;
    char reason[GUARD_REASON_MAX];

    if (!guard_allows_raw(&session->guard, &request, reason)) {
        refuse(message, reason);
        return;
    }
    message->kind = WIRE_RAW_ANSWER;
    if (!node_raw(session->node, &request, &message->as.raw_answer))
        lost(message, session->node);
}

static const struct {
    uint32_t kind;
    void (*answer)(struct session *session, struct wire_message *message);
} answers[] = {
    {WIRE_REQUEST, answer_request},
    {WIRE_SCSI_REQUEST, answer_scsi},
    {WIRE_RAW_REQUEST, answer_raw},
};

/* False for a message that is no request. */
static bool answer(struct session *session, struct wire_message *message)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        if (answers[i].kind != message->kind)
            continue;
        answers[i].answer(session, message);
        return true;
    }
    return false;
}

/* The next message; those who knock meanwhile are turned away. */
static enum channel_result next_message(struct session *session, struct wire_message *message)
{
    const struct serve_options *options = session->options;
    const uint32_t idle_s = options->idle_s ? options->idle_s : SERVE_IDLE_S;
    const struct tcp_patience idle = {idle_s * 1000, options->interrupted};
    const struct tcp_patience patience = {MESSAGE_MS, options->interrupted};
    const DWORD start = GetTickCount();
    unsigned ready = 0;

    while (!(ready & 1)) {
        switch (tcp_wait(session->channel->socket, session->listening, &idle, &ready)) {
        case TCP_DONE:
            break;
        case TCP_INTERRUPTED:
            return CHANNEL_INTERRUPTED;
        case TCP_CLOSED:
            return CHANNEL_CLOSED;
        case TCP_TIMED_OUT:
            return CHANNEL_TIMED_OUT;
        }
        if (ready & 2)
            turn_away(tcp_accept(session->listening), session->channel->provider);
        if (!(ready & 1) && GetTickCount() - start >= idle.milliseconds)
            return CHANNEL_TIMED_OUT;
    }
    return channel_receive(session->channel, message, &patience);
}

/* Until the client says goodbye, in which case it is CHANNEL_DONE. */
static enum channel_result converse(struct session *session)
{
    const struct tcp_patience patience = {MESSAGE_MS, NULL};
    struct wire_message message;

    for (;;) {
        enum channel_result result = next_message(session, &message);

        if (result != CHANNEL_DONE || message.kind == WIRE_GOODBYE)
            return result;
        if (!answer(session, &message))
            return CHANNEL_MALFORMED;
        result = channel_send(session->channel, &message, &patience);
        if (result != CHANNEL_DONE)
            return result;
    }
}

/* A node that was lost sends nothing more: another handle of the same disk may. */
static bool clean(struct session *session, char words[GUARD_REASON_MAX])
{
    if (session->node->problem[0]) {
        struct node *again = local_node_create(session->options->disk_name);

        if (again) {
            node_close(session->node);
            session->node = again;
        }
    }
    return guard_clean(&session->guard, session->node, words);
}

static void farewell(struct session *session, enum channel_result result, const char *words)
{
    const struct tcp_patience patience = {1000, NULL};
    struct wire_message message = {.kind = WIRE_GOODBYE};

    if (result != CHANNEL_DONE) {
        message.kind = WIRE_STOPPED;
        snprintf(message.as.reason, sizeof(message.as.reason), "%s%s%s", channel_words(result),
                 words[0] ? "; " : "", words);
    }
    channel_send(session->channel, &message, &patience);
}

int serve_session(const struct serve_options *options, struct channel *channel, SOCKET listening)
{
    const struct environment *environment = options->environment;
    struct session session = {
        .options = options,
        .channel = channel,
        .listening = listening,
        .guard = {.reserve = options->reserve,
                  .data_loss = options->data_loss,
                  .bus_reset = options->bus_reset,
                  .block_size = environment->disk.block_size,
                  .work_block = environment->work_block},
        .node = local_node_create(options->disk_name),
    };
    enum channel_result result;
    char words[GUARD_REASON_MAX];
    bool cleaned;

    if (!session.node) {
        serve_say("no memory");
        return SERVE_FAILED;
    }
    result = converse(&session);
    cleaned = clean(&session, words);
    if (words[0])
        serve_say("%s%s", words, cleaned ? "" : "; see --cleanup");
    farewell(&session, result, words);
    serve_say("the session is over: %s",
              result == CHANNEL_DONE ? "the client said goodbye" : channel_words(result));
    node_close(session.node);
    return result == CHANNEL_DONE && cleaned ? SERVE_ENDED : SERVE_BROKE_OFF;
}
