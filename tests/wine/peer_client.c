/* The client's side of the peer tests, one case a run.
 *
 * usage: peer_client CASE HOST:PORT SECRET */
#include "../../conformance/channel.h"
#include "../../conformance/peer_node.h"

#include <ntddstor/reservation.h>
#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                                   \
    do {                                                                   \
        if (!(condition)) {                                                \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            fflush(stdout);                                                \
            ExitProcess(1);                                                \
        }                                                                  \
    } while (0)

enum { TIMEOUT_S = 20, BLOCK = 512, WORK_BLOCK = 128 };

static const uint64_t our_key = 0x4846123456780001, foreign_key = 0x1122334455667788;
static const char wrong_secret[] = "aaaa-bbbb-cccc-dddd-eeee-ffff-ga";
static const struct tcp_patience patience = {TIMEOUT_S * 1000, NULL};

static struct node *connect_to(const char *address, const char *secret)
{
    struct peer_information information;
    char problem[NODE_PROBLEM_MAX];
    struct node *node = peer_node_connect(address, secret, TIMEOUT_S, &information, problem);

    if (!node)
        printf("%s\n", problem);
    CHECK(node);
    CHECK(strcmp(information.system, "a test?[2J") == 0); /* no escape sequences */
    CHECK(strcmp(information.disk.serial, "0815") == 0);
    CHECK(information.disk.blocks == 256 && information.work_block == WORK_BLOCK);
    return node;
}

static struct request register_with(uint64_t key)
{
    const struct pr_out out = {.action = RESERVATION_ACTION_REGISTER, .service_action_key = key};

    return request_pr_out(&out);
}

static void expect_success(struct node *node, const struct request *request)
{
    struct answer answer;

    if (!node_request(node, request, &answer) || !answer.returned)
        printf("code %lx: '%s', error %lu\n", (unsigned long)request->code, node->problem,
               (unsigned long)answer.error);
    CHECK(!node->problem[0] && answer.returned == 1 && answer.status == 0);
}

static void register_and_reserve(struct node *node)
{
    const struct request with_key = register_with(our_key);
    const struct request reserve = request_plain(IOCTL_STORAGE_RESERVE);

    expect_success(node, &with_key);
    expect_success(node, &reserve);
}

/* The refusal came, and the connection is as before. */
static void expect_refusal(struct node *node, bool answered, const char *words)
{
    if (!strstr(node->problem, words))
        printf("'%s' and not '%s'\n", node->problem, words);
    CHECK(!answered && strstr(node->problem, "the server refuses: ") == node->problem);
    CHECK(strstr(node->problem, words));
    node->problem[0] = '\0';
}

static void refuse_request(struct node *node, const struct request *request, const char *words)
{
    struct answer answer;

    expect_refusal(node, node_request(node, request, &answer), words);
}

static void refuse_scsi(struct node *node, const struct scsi_request *request, const char *words)
{
    struct scsi_answer answer;

    expect_refusal(node, node_scsi(node, request, &answer), words);
}

static void refuse_raw(struct node *node, const struct raw_request *request, const char *words)
{
    struct raw_answer answer;

    expect_refusal(node, node_raw(node, request, &answer), words);
}

static void write_and_read(struct node *node)
{
    struct raw_request request = {
        .action = RAW_WRITE, .offset = WORK_BLOCK * BLOCK, .length = BLOCK};
    struct raw_answer answer;

    memset(request.data, 0x5a, BLOCK);
    CHECK(node_raw(node, &request, &answer) && answer.returned && answer.bytes == BLOCK);
    request.action = RAW_READ;
    memset(request.data, 0, BLOCK);
    CHECK(node_raw(node, &request, &answer) && answer.returned && answer.bytes == BLOCK);
    CHECK(answer.data[0] == 0x5a && answer.data[BLOCK - 1] == 0x5a);
    request.offset = 0;
    refuse_raw(node, &request, "work area");
}

static void orderly(const char *address, const char *secret)
{
    struct node *node = connect_to(address, secret);
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
    struct scsi_request command = scsi_plain(0x04); /* FORMAT UNIT */
    struct peer_information information;
    char problem[NODE_PROBLEM_MAX];
    struct answer answer;

    CHECK(node_request(node, &request, &answer) && answer.output_kept == 64);
    register_and_reserve(node);
    request.overlapped = 1;
    CHECK(node_request(node, &request, &answer));
    CHECK(!peer_node_connect(address, secret, TIMEOUT_S, &information, problem));
    CHECK(strstr(problem, "busy"));
    request = request_plain(0x0007c00c); /* IOCTL_DISK_SET_DRIVE_LAYOUT */
    refuse_request(node, &request, "none of the reservation codes");
    request = register_with(foreign_key);
    refuse_request(node, &request, "is not one of the suite's");
    request = request_plain(IOCTL_STORAGE_RESET_BUS);
    refuse_request(node, &request, "--bus-reset");
    refuse_scsi(node, &command, "not on its list");
    command = scsi_write(0, BLOCK);
    refuse_scsi(node, &command, "work area");
    write_and_read(node);
    node_close(node);
}

/* The operator consented to nothing. */
static void reading_only(const char *address, const char *secret)
{
    struct node *node = connect_to(address, secret);
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
    struct scsi_request command = scsi_read(WORK_BLOCK, BLOCK);
    struct raw_request raw = {.action = RAW_READ, .offset = WORK_BLOCK * BLOCK, .length = BLOCK};
    struct answer answer;

    CHECK(node_request(node, &request, &answer));
    request = register_with(our_key);
    refuse_request(node, &request, "--reserve");
    request = request_plain(IOCTL_STORAGE_RESERVE);
    refuse_request(node, &request, "--reserve");
    request = request_break();
    refuse_request(node, &request, "--reserve");
    refuse_scsi(node, &command, "--data-loss");
    refuse_raw(node, &raw, "--data-loss");
    node_close(node);
}

static void guess(const char *address, const char *secret)
{
    struct peer_information information;
    char problem[NODE_PROBLEM_MAX];

    (void)secret;
    for (int i = 0; i < 3; i++) {
        CHECK(!peer_node_connect(address, wrong_secret, TIMEOUT_S, &information, problem));
        CHECK(strstr(problem, "does not accept this secret"));
    }
}

static void killed(const char *address, const char *secret)
{
    register_and_reserve(connect_to(address, secret));
    TerminateProcess(GetCurrentProcess(), 0);
}

/* Until the server is gone: killed, interrupted, or tired of waiting. */
static void outlive(const char *address, const char *secret)
{
    struct node *node = connect_to(address, secret);
    const struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
    struct answer answer;

    register_and_reserve(node);
    puts("ready");
    fflush(stdout);
    Sleep(8000);
    CHECK(!node_request(node, &request, &answer));
    puts(node->problem);
    CHECK(strstr(node->problem, "the server"));
    CHECK(!node_request(node, &request, &answer)); /* lost for good */
    node_close(node);
}

/* ---- Below peer_node: an attacker, or one who knows the secret and breaks the rules ---- */

static struct secret_provider provider;

static void greet(struct channel *channel, const char *address)
{
    struct peer_address parsed;
    char problem[NODE_PROBLEM_MAX];

    CHECK(tcp_start() && secret_open(&provider) && peer_address_parse(address, &parsed));
    channel_open(channel, &provider, tcp_connect(&parsed, TIMEOUT_S * 1000, problem));
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

    message.as.request = register_with(our_key);
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

static void replay(const char *address, const char *secret)
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

static void tampered(const char *address, const char *secret)
{
    const struct wire_message message = a_request();
    struct channel channel;

    let_in(&channel, address, secret);
    channel.send_key.bytes[0] ^= 1;
    CHECK(channel_send(&channel, &message, &patience) == CHANNEL_DONE);
    expect_end(&channel);
}

static void oversized(const char *address, const char *secret)
{
    static const uint8_t header[WIRE_HEADER] = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, WIRE_REQUEST};
    struct channel channel;

    let_in(&channel, address, secret);
    CHECK(tcp_send(channel.socket, header, sizeof(header), &patience) == TCP_DONE);
    expect_end(&channel);
}

static void out_of_turn(const char *address, const char *secret)
{
    const struct wire_message message = {.kind = WIRE_ANSWER};
    struct channel channel;

    let_in(&channel, address, secret);
    CHECK(channel_send(&channel, &message, &patience) == CHANNEL_DONE);
    expect_end(&channel);
}

/* A request before the handshake. */
static void too_early(const char *address, const char *secret)
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
static void hmac(const char *address, const char *secret)
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

static const struct {
    const char *name;
    void (*run)(const char *address, const char *secret);
} cases[] = {
    {"orderly", orderly},         {"reading_only", reading_only}, {"guess", guess},
    {"killed", killed},           {"outlive", outlive},           {"replay", replay},
    {"tampered", tampered},       {"oversized", oversized},       {"hmac", hmac},
    {"out_of_turn", out_of_turn}, {"too_early", too_early},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 4 && i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (strcmp(cases[i].name, argv[1]) != 0)
            continue;
        cases[i].run(argv[2], argv[3]);
        printf("%s: as it should be\n", argv[1]);
        return 0;
    }
    return 2;
}
