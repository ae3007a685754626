#include "soak_nodes.h"

#include "../bed/hex.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const uint32_t READ = 0x80000000, WRITE = 0x40000000, READ_WRITE = 0xc0000000;

static const struct {
    uint32_t access, flags;
    bool on_port;
    const char *name;
} handles[SOAK_HANDLES] = {
    [HANDLE_DISK_A] = {READ_WRITE, FLAGS_NONE, false, SHARED_DISK},
    [HANDLE_DISK_B] = {READ_WRITE, FLAGS_NONE, false, SHARED_DISK},
    [HANDLE_SG] = {READ_WRITE, FLAGS_NONE, false, SHARED_SG},
    [HANDLE_DISK_OVERLAPPED] = {READ_WRITE, FLAG_OVERLAPPED, false, SHARED_DISK},
    [HANDLE_SG_OVERLAPPED] = {READ_WRITE, FLAG_OVERLAPPED, false, SHARED_SG},
    [HANDLE_DISK_PORT] = {READ_WRITE, FLAG_OVERLAPPED, true, SHARED_DISK},
    [HANDLE_SG_PORT] = {READ_WRITE, FLAG_OVERLAPPED, true, SHARED_SG},
    [HANDLE_READ_ONLY] = {READ, FLAGS_NONE, false, SHARED_DISK},
    [HANDLE_READ_ONLY_OVERLAPPED] = {READ, FLAG_OVERLAPPED, false, SHARED_DISK},
    [HANDLE_WRITE_ONLY] = {WRITE, FLAGS_NONE, false, SHARED_DISK},
    [HANDLE_NO_ACCESS] = {0, FLAG_OVERLAPPED, false, SHARED_DISK},
};

static bool say(const struct windows_node *node, const char *what)
{
    fprintf(stderr, "soak: node %d %s%s%.200s\n", node->number, what,
            *node->problem ? ": " : ", it said: ", *node->problem ? node->problem : node->line);
    return false;
}

/* The slots are the enumeration's numbers, because the agent gives out the first free one. */
static bool open_handles(struct windows_node *node)
{
    char expected[16];

    for (uint32_t i = 0; i < SOAK_HANDLES; i++) {
        snprintf(expected, sizeof(expected), "ok %" PRIx32, i);
        if (!windows_node_send(node, "open %" PRIx32 " %" PRIx32 " %x %s", handles[i].access,
                               handles[i].flags, handles[i].on_port, handles[i].name) ||
            !windows_node_receive(node) || strcmp(node->line, expected) != 0)
            return say(node, "could not open a handle");
    }
    return true;
}

bool soak_nodes_start(struct soak_nodes *nodes, const char *node_script, const char *agent)
{
    static char holdfast[512];
    const char *const command[] = {holdfast, "run", agent, NULL};
    const char *folder = getenv("HOLDFAST_WINE_DIR");

    if (!folder) {
        fprintf(stderr, "soak: HOLDFAST_WINE_DIR is not set: run it inside tests/bed/machine\n");
        return false;
    }
    snprintf(holdfast, sizeof(holdfast), "%s/x86_64-windows/holdfast.exe", folder);
    for (int i = 0; i < NODES; i++)
        if (!windows_node_start(&nodes->nodes[i], i + 1, node_script, command))
            return say(&nodes->nodes[i], "does not start");
    for (int i = 0; i < NODES; i++)
        if (!windows_node_wait_until_ready(&nodes->nodes[i]) || !open_handles(&nodes->nodes[i]))
            return say(&nodes->nodes[i], "is not ready");
    return true;
}

void soak_nodes_stop(struct soak_nodes *nodes)
{
    for (int i = 0; i < NODES; i++)
        windows_node_stop(&nodes->nodes[i]);
}

static void write_input(const struct soak_request *request, char *words, size_t size)
{
    int used = snprintf(words, size, "%c:", request->in.place);

    if (request->in.place == '-')
        words[1] = 0;
    else if (request->in.place != 'b')
        snprintf(words + used, size - used, "%" PRIx32, request->in.length);
    for (uint32_t i = 0; request->in.place == 'b' && i < request->in.length; i++)
        used += snprintf(words + used, size - used, "%02x", request->input[i]);
}

static bool send_request(struct windows_node *node, const struct soak_request *request)
{
    char input[2 * sizeof(request->input) + 8], output[16] = "-";

    write_input(request, input, sizeof(input));
    if (request->out.place != '-')
        snprintf(output, sizeof(output), "%c:%" PRIx32, request->out.place, request->out.length);
    return windows_node_send(node, "q %x %x %c %" PRIx32 " %s %s", request->thread, request->handle,
                             request->way, request->code, input, output);
}

static bool take_number(const char **line, uint32_t *number)
{
    uint64_t wide;

    if (!hex_read(line, &wide) || wide > UINT32_MAX)
        return false;
    *number = (uint32_t)wide;
    return true;
}

/* " x" and two digits for each byte. */
static bool take_output(const char **line, struct soak_answer *answer)
{
    const char *at = *line;

    memset(answer->output, 0, sizeof(answer->output));
    if (strncmp(at, " x", 2) != 0)
        return false;
    at += 2;
    for (uint32_t i = 0; i < answer->output_used && i < sizeof(answer->output); i++, at += 2) {
        const char digits[] = {at[0], at[0] ? at[1] : 0, 0};
        char *end;

        answer->output[i] = (uint8_t)strtoul(digits, &end, 16);
        if (end != digits + 2)
            return false;
    }
    *line = at;
    return true;
}

/* In request_print's order. */
static bool take_answer(const char **line, struct soak_answer *answer)
{
    uint32_t *const numbers[] = {&answer->result,          &answer->last_error,  &answer->returned,
                                 &answer->input_untouched, &answer->signalled,   &answer->final,
                                 &answer->final_error,     &answer->final_bytes, &answer->internal,
                                 &answer->internal_high,   &answer->packets};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        if (!take_number(line, numbers[i]))
            return false;
    if (!hex_read(line, &answer->begin) || !hex_read(line, &answer->end) ||
        !take_number(line, &answer->output_used) || !take_output(line, answer))
        return false;
    answer->error = answer->result                           ? ERROR_SUCCESS
                    : answer->last_error == ERROR_IO_PENDING ? answer->final_error
                                                             : answer->last_error;
    return true;
}

static bool take_answers(struct soak_nodes *nodes, int node, struct soak_burst *burst)
{
    const char *line = nodes->nodes[node].line;
    bool good = strncmp(line, "done ", 5) == 0;

    line += 5;
    good = good && take_number(&line, &nodes->strays[node]);
    for (int i = 0; good && i < burst->count; i++)
        if (burst->requests[i].node == node)
            good = take_answer(&line, &burst->requests[i].answer);
    return good || say(&nodes->nodes[node], "answered something that cannot be read");
}

/* The agents' clock: Wine's QueryPerformanceCounter is this one in units of 100 ns. Were it
 * another, the nodes would only begin one after the other. */
static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC_RAW, &time);
    return (uint64_t)time.tv_sec * 10000000 + (uint64_t)time.tv_nsec / 100;
}

enum { HEAD_START = 10 * 1000 };

bool soak_nodes_run(struct soak_nodes *nodes, struct soak_burst *burst)
{
    uint64_t when;

    for (int i = 0; i < burst->count; i++)
        if (!send_request(&nodes->nodes[burst->requests[i].node], &burst->requests[i]))
            return say(&nodes->nodes[burst->requests[i].node], "is gone");
    when = now() + HEAD_START;
    for (int i = 0; i < NODES; i++)
        if (!windows_node_send(&nodes->nodes[i], "go %" PRIx64, when))
            return say(&nodes->nodes[i], "is gone");
    for (int i = 0; i < NODES; i++)
        if (!windows_node_receive(&nodes->nodes[i]) || !take_answers(nodes, i, burst))
            return say(&nodes->nodes[i], "did not answer the burst");
    return true;
}
