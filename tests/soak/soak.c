/* The soak: two Windows nodes of eight threads each fire random requests at one real disk, and
 * every answer has to be explained.
 *
 * The requests come in bursts of at most sixteen at once. When all of a burst are answered,
 * - every answer must have Windows' form: return value, last error, bytes returned, OVERLAPPED,
 *   event, one completion packet, no byte written that is not due; a refused request must have
 *   exactly its error (soak_answer.c);
 * - there must be an order of those that reached the disk, in keeping with who was answered before
 *   whom was asked, in which each answer, with READ KEYS' and READ RESERVATION's bytes, is what
 *   the disk gives in the state that the order has led to (soak_search.c, soak_model.c);
 * - the disk, asked by Linux from a third initiator, must be in a state that such an order leads
 *   to: keys, holder, type, PRgeneration. So no command was lost, sent twice or changed;
 * - Linux must not have sent a command where all requests were refused or foreign.
 *
 * What it cannot see:
 * - a command too many that changes nothing, such as a PERSISTENT RESERVE IN, in a burst where the
 *   disk was asked anyway: only the whole number of commands is bounded then;
 * - which node holds where both have the same key, until an answer depends on it;
 * - anything but its existence while there is an SPC-2 reservation: LIO shows nothing else then;
 * - what LIO does instead of the standard: the model follows it;
 * - PREEMPT AND ABORT, which is left out: it deadlocks the kernel over tcm_loop.
 *
 * usage: soak NODE_SCRIPT AGENT [--seconds N] [--seed HEX] [--slow PERCENT] [--ports]
 * The seed is also taken from HOLDFAST_SOAK_SEED. It gives the same requests as long as the disk
 * comes to the same states; which thread comes first is the scheduler's affair.
 * Exit code: 0, 1 where something was found, 99 when it could not be set up. */
#include "soak_answer.h"
#include "soak_disk.h"
#include "soak_generator.h"
#include "soak_nodes.h"
#include "soak_report.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXIT_NO_BED = 99, SG_PERSIST_EVERY = 100, BREAK_COMMANDS_MAX = 15, ATTEMPTS = 5 };

struct soak {
    struct soak_nodes nodes;
    struct soak_disk disk;
    struct soak_generator generator;
    struct soak_states states; /* the disk is in one of these */
    struct soak_burst burst;
    struct soak_counts counts;
    uint64_t seed;
    long seconds;
};

static uint64_t commands_of_both(const struct soak *soak)
{
    return soak_disk_commands(&soak->disk, 0) + soak_disk_commands(&soak->disk, 1);
}

static bool check_forms(const struct soak *soak)
{
    const struct soak_burst *burst = &soak->burst;
    char line[400];

    for (int i = 0; i < NODES; i++) {
        if (!soak->nodes.strays[i])
            continue;
        printf("FAILED: node %d got a completion packet that no request was waiting for\n", i + 1);
        return false;
    }
    for (int i = 0; i < burst->count; i++) {
        const struct soak_request *request = &burst->requests[i];
        const struct soak_answer *answer = &request->answer;
        const char *problem = soak_answer_problem(request);

        if (!problem)
            continue;
        soak_describe_request(request, burst->requests[0].answer.begin, line, sizeof(line));
        printf("FAILED: %s\n  %s\n  expected refusal %" PRIu32 "; return value %" PRIu32
               ", last error %" PRIu32 ", bytes returned %" PRIx32 ", event %" PRIu32
               ", final %" PRIu32 ", error %" PRIu32 ", bytes %" PRIx32 ", Internal %" PRIx32
               ", InternalHigh %" PRIx32 ", packets %" PRIu32 ", bytes written up to %" PRIu32 "\n",
               problem, line, request->refusal, answer->result, answer->last_error,
               answer->returned, answer->signalled, answer->final, answer->final_error,
               answer->final_bytes, answer->internal, answer->internal_high, answer->packets,
               answer->output_used);
        return false;
    }
    return true;
}

/* Each request that reaches the disk is at least one command and at most five; a
 * BREAK_RESERVATION's looks are up to fifteen. */
static bool check_commands(struct soak *soak, uint64_t commands)
{
    uint64_t least = 0, most = 0;

    for (int i = 0; i < soak->burst.count; i++) {
        const enum soak_kind kind = soak->burst.requests[i].kind;

        least += soak_reaches_disk(kind);
        most += kind == SOAK_BREAK ? BREAK_COMMANDS_MAX : soak_reaches_disk(kind) ? ATTEMPTS : 0;
    }
    soak->counts.commands += commands;
    soak->counts.refusal_bursts += least == 0;
    if (commands >= least && commands <= most)
        return true;
    printf("FAILED: Linux sent %" PRIu64 " commands to the disk, and it must have been %" PRIu64
           " to %" PRIu64 "\n",
           commands, least, most);
    return false;
}

/* Replaces soak->states by those after the burst. */
static bool explain(struct soak *soak)
{
    static struct soak_search search;
    struct soak_step steps[SOAK_STEPS_MAX];
    const int count = soak_make_steps(&soak->burst, steps);

    soak_search(steps, count, &soak->states, &search);
    soak->counts.searched++;
    soak->counts.visited += search.visited;
    if (search.gave_up) {
        soak->counts.given_up++;
        soak->states.count = 1;
        return soak_disk_free(&soak->disk, &soak->states.states[0]);
    }
    if (search.ends.count == 0) {
        printf("FAILED: ");
        soak_print_longest(steps, count, &search);
        soak_print_states("before the burst", &soak->states);
        return false;
    }
    soak->states = search.ends;
    return true;
}

static bool check_point(struct soak *soak, const char *who,
                        bool (*look)(const struct soak_disk *, struct soak_view *))
{
    const struct soak_states expected = soak->states;
    struct soak_view view;
    char line[400];

    soak->counts.check_points++;
    if (!look(&soak->disk, &view)) {
        printf("FAILED: %s could not read the disk's state\n", who);
        return false;
    }
    soak_keep_what_shows(&soak->states, &view);
    if (soak->states.count)
        return true;
    soak_describe_view(&view, line, sizeof(line));
    printf("FAILED: %s sees on the disk %s\n", who, line);
    soak_print_states("and the answers lead to one of", &expected);
    return false;
}

static bool run_burst(struct soak *soak)
{
    uint64_t before;

    soak->generator.random = soak_random_of(soak->seed, soak->burst.number);
    soak_generate(&soak->generator, &soak->states.states[0], &soak->burst);
    before = commands_of_both(soak);
    if (!soak_nodes_run(&soak->nodes, &soak->burst))
        return false;
    soak_count(&soak->counts, &soak->burst);
    if (!check_forms(soak) || !check_commands(soak, commands_of_both(soak) - before) ||
        !explain(soak) || !check_point(soak, "Linux", soak_disk_look))
        return false;
    if (soak->burst.number % SG_PERSIST_EVERY)
        return true;
    soak->counts.sg_persist_check_points++;
    return check_point(soak, "sg_persist", soak_disk_ask_sg_persist);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) * 1e-9;
}

static int run(struct soak *soak)
{
    const struct soak_states *states = &soak->states;
    struct timespec start;
    struct soak_states before;

    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        before = *states;
        soak->burst.number++;
        if (!run_burst(soak)) {
            soak_print_states("the disk before the burst", &before);
            soak_print_burst(&soak->burst);
            printf("soak: failed in burst %" PRIu32 " of seed %" PRIx64 "\n", soak->burst.number,
                   soak->seed);
            return 1;
        }
    } while (seconds_since(&start) < (double)soak->seconds);
    soak->counts.sg_persist_check_points++;
    return check_point(soak, "sg_persist", soak_disk_ask_sg_persist) ? 0 : 1;
}

static bool misused(const char *why)
{
    fprintf(stderr,
            "soak: %s\nusage: soak NODE_SCRIPT AGENT [--seconds N] [--seed HEX] [--slow PERCENT] "
            "[--ports]\n",
            why);
    return false;
}

static bool parse(struct soak *soak, char **words)
{
    for (; *words; words++) {
        char *end = NULL;

        if (strcmp(*words, "--ports") == 0) {
            soak->generator.uses_ports = true;
            continue;
        }
        if (!words[1])
            return misused("an option lacks its value, or is unknown");
        if (strcmp(*words, "--seconds") == 0)
            soak->seconds = strtol(words[1], &end, 10);
        else if (strcmp(*words, "--seed") == 0)
            soak->seed = strtoull(words[1], &end, 16);
        else if (strcmp(*words, "--slow") == 0)
            soak->generator.slow_percent = (uint32_t)strtoul(words[1], &end, 10);
        if (!end || *end || end == words[1])
            return misused("an option is unknown, or its value no number");
        words++;
    }
    return true;
}

static void choose_seed(struct soak *soak)
{
    const char *given = getenv("HOLDFAST_SOAK_SEED");
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    soak->seed = given && *given ? strtoull(given, NULL, 16)
                                 : (uint64_t)now.tv_sec << 20 ^ (uint64_t)now.tv_nsec;
}

int main(int argc, char **argv)
{
    static struct soak soak = {.seconds = 30, .generator = {.slow_percent = 1}};
    int code;

    choose_seed(&soak);
    if (argc < 3)
        misused("two arguments are needed");
    if (argc < 3 || !parse(&soak, argv + 3))
        return EXIT_NO_BED;
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("soak: seed %" PRIx64 ", %ld seconds\n", soak.seed, soak.seconds);
    soak.states.count = 1;
    if (!soak_disk_open(&soak.disk) || !soak_nodes_start(&soak.nodes, argv[1], argv[2])) {
        soak_nodes_stop(&soak.nodes);
        return EXIT_NO_BED;
    }
    if (soak_disk_free(&soak.disk, &soak.states.states[0])) {
        code = run(&soak);
        soak_print_counts(&soak.counts);
    } else {
        fprintf(stderr, "soak: the disk cannot be freed\n");
        code = EXIT_NO_BED;
    }
    soak_nodes_stop(&soak.nodes);
    return code;
}
