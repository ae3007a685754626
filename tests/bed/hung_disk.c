/* A disk that answers nothing for a while, and a program with more than 500 requests in flight on
 * it: 64 threads on other disks go on, cancelling and leaving change nothing, and when the disk
 * answers again each request ends once and the disk has had each command once. Sources:
 * windows-behaviour 2.8 and 2.9; docs/differences.md. guest/disks-hung says how the disk hangs. */
#include "big_endian.h"
#include "disk_state.h"
#include "scsi_direct.h"
#include "suites.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <ntddstor/reservation.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    HANG_MAX_MS = 600 * 1000,
    PLUG_KEY = 0x9999,
    LANES = 10,     /* as hung_requests.h: what is with the device at once, */
    REQUESTS = 500, /* and all of them */
    SYNCHRONOUS = 8,
    LEAVING_LANES = 4,    /* two threads', the closed handle's, and that of freed memory */
    LEAVING_REQUESTS = 5, /* that register; another reads */
    CHILD_REQUESTS = 6,
    OTHERS = 640,
    EXPECTED_GENERATIONS = 1 + REQUESTS + SYNCHRONOUS + LEAVING_REQUESTS + CHILD_REQUESTS,
};

struct hung {
    struct windows_node node;
    int sg;
    int fifo;
    char count_path[64];
    pthread_t plug, drain;
    struct scsi_direct plug_result;
    bool hangs;
    volatile bool is_over;
};

static uint64_t commands_sent(const struct hung *hung)
{
    char text[32] = {0};
    const int fd = open(hung->count_path, O_RDONLY | O_CLOEXEC);

    assert_true(fd >= 0);
    assert_true(read(fd, text, sizeof(text) - 1) > 0);
    close(fd);
    return strtoull(text, NULL, 16);
}

static void *run_plug(void *argument)
{
    struct hung *hung = argument;

    hung->plug_result = scsi_direct_pr_out_within(
        hung->sg, HANG_MAX_MS, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, PLUG_KEY);
    return NULL;
}

static void *run_drain(void *argument)
{
    struct hung *hung = argument;
    char bytes[4096];

    while (!hung->is_over)
        if (read(hung->fifo, bytes, sizeof(bytes)) < 0)
            usleep(10 * 1000);
    return NULL;
}

static void let_it_answer(struct hung *hung)
{
    if (hung->hangs && pthread_create(&hung->drain, NULL, run_drain, hung) == 0)
        pthread_join(hung->plug, NULL);
    hung->hangs = false;
}

/* Nothing could end while the disk hangs, not even this program. */
#define give_up(hung, ...)     \
    do {                       \
        let_it_answer(hung);   \
        fail_msg(__VA_ARGS__); \
    } while (0)

/* Lanes whose first command Linux has not sent yet would not be in flight. */
static void wait_until_sent(struct hung *hung, uint64_t wanted, const char *what)
{
    const time_t end = time(NULL) + 60;
    uint64_t sent;

    while ((sent = commands_sent(hung)) < wanted && time(NULL) < end)
        usleep(20 * 1000);
    if (sent < wanted)
        give_up(hung, "%s: %" PRIu64 " commands were to be with the disk, and %" PRIu64 " are",
                what, wanted, sent);
}

static void make_it_hang(struct hung *hung)
{
    static const char bytes[4096];
    const uint64_t before = commands_sent(hung);

    while (write(hung->fifo, bytes, sizeof(bytes)) > 0)
        ;
    assert_int_equal(errno, EAGAIN);
    assert_int_equal(pthread_create(&hung->plug, NULL, run_plug, hung), 0);
    hung->hangs = true;
    wait_until_sent(hung, before + 1, "the command that hangs the disk");
}

/* The agent's answer behind "ok". */
static const char *order(struct hung *hung, const char *word)
{
    if (!windows_node_send(&hung->node, "%s", word) || !windows_node_receive(&hung->node))
        give_up(hung, "%s", hung->node.problem);
    if (strncmp(hung->node.line, "ok", 2) != 0)
        give_up(hung, "'%s' was answered with: %s", word, hung->node.line);
    return hung->node.line + 2;
}

static void expect_order(struct hung *hung, const char *word, const char *answer)
{
    const char *seen = order(hung, word);

    if (strcmp(seen, answer) != 0)
        give_up(hung, "'%s' was answered with 'ok%s', expected 'ok%s'", word, seen, answer);
}

static void start_agent(struct bed *bed, struct hung *hung)
{
    static char agent[512];
    const char *const command[] = {bed->holdfast, "run", agent, NULL};
    char folder[400];

    snprintf(folder, sizeof(folder), "%s", bed->agent);
    snprintf(agent, sizeof(agent), "%s/hung_agent.exe", dirname(folder));
    if (!windows_node_start(&hung->node, 1, bed->node_script, command) ||
        !windows_node_wait_until_ready(&hung->node))
        give_up(hung, "%s: %s", hung->node.problem, hung->node.line);
}

static uint32_t read_generation(const struct hung *hung, uint32_t *key_count)
{
    uint8_t list[64] = {0};
    struct scsi_direct result;

    scsi_direct_take_unit_attentions(hung->sg);
    result = scsi_direct_pr_in(hung->sg, RESERVATION_ACTION_READ_KEYS, list, sizeof(list));
    assert_true(scsi_direct_is_good(&result));
    *key_count = (uint32_t)big_endian_read(list + 4, 4) / 8;
    return (uint32_t)big_endian_read(list, 4);
}

static bool open_hung(struct hung *hung)
{
    const char *disk = getenv("HUNG"), *sg = getenv("HUNG_SG"), *fifo = getenv("HUNG_FIFO");

    if (!disk || !sg || !fifo) {
        print_message("skipped: there is no disk that can hang; start machine with --disks "
                      "loop,hung\n");
        return false;
    }
    hung->sg = open(sg, O_RDWR | O_CLOEXEC);
    hung->fifo = open(fifo, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    assert_true(hung->sg >= 0 && hung->fifo >= 0);
    snprintf(hung->count_path, sizeof(hung->count_path), "/sys/block/%.20s/device/iorequest_cnt",
             strrchr(disk, '/') + 1);
    return true;
}

static void hang_and_leave(struct hung *hung)
{
    uint64_t sent = commands_sent(hung);

    expect_order(hung, "hang", " 1fc");
    wait_until_sent(hung, sent += LANES + SYNCHRONOUS, "the first of each handle");
    expect_order(hung, "others", " 280 0");
    expect_order(hung, "cancel", "");
    expect_order(hung, "leave", "");
    wait_until_sent(hung, sent += LEAVING_LANES, "requests of threads that left");
    expect_order(hung, "processes", "");
    wait_until_sent(hung, sent += CHILD_REQUESTS, "requests of other processes");
    expect_order(hung, "end", "");
    expect_order(hung, "others", " 280 0");
    if (commands_sent(hung) != sent)
        give_up(hung, "a command was sent to the disk that hangs, and nobody asked for it");
}

static void others_go_on_and_nothing_is_lost(void **state)
{
    static struct hung hung;
    struct bed *bed = *state;
    uint32_t before, after, keys;

    if (!open_hung(&hung))
        skip();
    before = read_generation(&hung, &keys);
    make_it_hang(&hung);
    start_agent(bed, &hung);
    hang_and_leave(&hung);
    let_it_answer(&hung);
    assert_true(scsi_direct_is_good(&hung.plug_result));
    expect_order(&hung, "finish", "");
    windows_node_stop(&hung.node);
    after = read_generation(&hung, &keys);
    if (after - before != EXPECTED_GENERATIONS || keys != 1)
        fail_msg("the disk has %u registrations and has done %u, expected 1 and %u", keys,
                 after - before, EXPECTED_GENERATIONS);
    hung.is_over = true;
    pthread_join(hung.drain, NULL);
    close(hung.sg);
    close(hung.fifo);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(others_go_on_and_nothing_is_lost),
};

const struct suite hung_disk = SUITE("hung_disk", tests);
