/* The client's side of the peer tests, one case a run.
 *
 * usage: peer_client CASE HOST:PORT SECRET */
#include "peer_client.h"

#include "../../conformance/peer_node.h"
#include "../patience.h"

#include <ntddstor/reservation.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 512, WORK_BLOCK = 128 };

static const uint64_t foreign_key = 0x1122334455667788;
static const char wrong_secret[] = "aaaa-bbbb-cccc-dddd-eeee-ffff-ga";

static struct node *connect_to(const char *address, const char *secret)
{
    struct peer_information information;
    char problem[NODE_PROBLEM_MAX];
    struct node *node = peer_node_connect(address, secret, PEER_TIMEOUT_S, &information, problem);

    if (!node)
        printf("%s\n", problem);
    CHECK(node);
    CHECK(strcmp(information.system, "a test?[2J") == 0); /* no escape sequences */
    CHECK(strcmp(information.disk.serial, "0815") == 0);
    CHECK(information.disk.blocks == 256 && information.work_block == WORK_BLOCK);
    return node;
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
    const struct request with_key = peer_register(PEER_KEY);
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
    CHECK(!peer_node_connect(address, secret, PEER_TIMEOUT_S, &information, problem));
    CHECK(strstr(problem, "busy"));
    request = request_plain(0x0007c00c); /* IOCTL_DISK_SET_DRIVE_LAYOUT */
    refuse_request(node, &request, "none of the reservation codes");
    request = peer_register(foreign_key);
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
    request = peer_register(PEER_KEY);
    refuse_request(node, &request, "--reserve");
    request = request_plain(IOCTL_STORAGE_RESERVE);
    refuse_request(node, &request, "--reserve");
    request = request_break();
    refuse_request(node, &request, "--reserve");
    refuse_scsi(node, &command, "--reserve");
    refuse_raw(node, &raw, "--reserve");
    command = scsi_write(WORK_BLOCK, BLOCK);
    raw.action = RAW_WRITE;
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
        CHECK(!peer_node_connect(address, wrong_secret, PEER_TIMEOUT_S, &information, problem));
        CHECK(strstr(problem, "does not accept this secret"));
    }
}

static void killed(const char *address, const char *secret)
{
    register_and_reserve(connect_to(address, secret));
    TerminateProcess(GetCurrentProcess(), 0);
}

/* Until the server is gone: killed, interrupted, or tired of waiting. A line on the standard input
 * says so. The server is a child of what was killed, and may live a moment longer. */
static void outlive(const char *address, const char *secret)
{
    struct node *node = connect_to(address, secret);
    const struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
    struct answer answer;
    DWORD told;

    register_and_reserve(node);
    puts("ready");
    fflush(stdout);
    getchar();
    told = GetTickCount();
    while (node_request(node, &request, &answer)) {
        CHECK(GetTickCount() - told < patience_ms());
        Sleep(50);
    }
    puts(node->problem);
    CHECK(strstr(node->problem, "the server"));
    CHECK(!node_request(node, &request, &answer)); /* lost for good */
    node_close(node);
}

static const struct {
    const char *name;
    void (*run)(const char *address, const char *secret);
} cases[] = {
    {"orderly", orderly},
    {"reading_only", reading_only},
    {"guess", guess},
    {"killed", killed},
    {"outlive", outlive},
    {"replay", peer_replay},
    {"tampered", peer_tampered},
    {"oversized", peer_oversized},
    {"hmac", peer_hmac},
    {"out_of_turn", peer_out_of_turn},
    {"too_early", peer_too_early},
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
