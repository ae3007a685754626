#include "fencing_nodes.h"

#include "../bed/hex.h"
#include "../bed/scsi_direct.h"

#include <fcntl.h>
#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 400, FREEING_KEY = 0xf1ee };

static bool say(const struct windows_node *node, const char *what)
{
    fprintf(stderr, "fencing: node %d %s%s%.200s\n", node->number, what,
            *node->problem ? ": " : "; it said: ", *node->problem ? node->problem : node->line);
    return false;
}

static int open_disk(const char *variable, int flags)
{
    const char *path = getenv(variable);
    const int fd = path && *path ? open(path, flags | O_CLOEXEC) : -1;

    if (fd < 0)
        fprintf(stderr,
                "fencing: %s cannot be opened: run it inside machine --disks loop,observer\n",
                variable);
    return fd;
}

bool fencing_nodes_start(struct fencing_nodes *nodes, const char *node_script, const char *agent,
                         const char *folder)
{
    static char holdfast[512];
    const char *const with_shim[] = {holdfast, "run", agent, NULL}, *const alone[] = {agent, NULL};

    nodes->sg = open_disk("SG1", O_RDWR);
    nodes->observer = open_disk("OBSERVER", O_RDONLY | O_DIRECT);
    if (nodes->sg < 0 || nodes->observer < 0)
        return false;
    if (folder)
        snprintf(holdfast, sizeof(holdfast), "%s/x86_64-windows/holdfast.exe", folder);
    for (int i = 0; i < NODE_COUNT; i++)
        if (!windows_node_start(&nodes->nodes[i], i + 1, node_script, folder ? with_shim : alone))
            return say(&nodes->nodes[i], "does not start");
    for (int i = 0; i < NODE_COUNT; i++)
        if (!windows_node_wait_until_ready(&nodes->nodes[i]))
            return say(&nodes->nodes[i], "is not ready");
    return true;
}

void fencing_nodes_stop(struct fencing_nodes *nodes)
{
    for (int i = 0; i < NODE_COUNT; i++)
        windows_node_stop(&nodes->nodes[i]);
}

bool fencing_order(struct fencing_nodes *nodes, int node, const char **answer, const char *format,
                   ...)
{
    struct windows_node *to = &nodes->nodes[node];
    char line[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    if (!windows_node_send(to, "%s", line) || !windows_node_receive(to) ||
        strncmp(to->line, "ok", 2) != 0)
        return say(to, "did not do as it was told");
    *answer = to->line + 2;
    return true;
}

bool fencing_take(struct fencing_nodes *nodes, int node, uint8_t type,
                  struct fencing_change *change)
{
    const uint64_t key = ++nodes->last_key;
    uint64_t error;
    const char *answer;

    *change = (struct fencing_change){.node = node, .type = type};
    if (!fencing_order(nodes, node, &answer, "take %" PRIx64 " %" PRIx64 " %x", key,
                       nodes->holds_key, type))
        return false;
    if (!hex_read(&answer, &error) || !hex_read(&answer, &change->register_begin) ||
        !hex_read(&answer, &change->preempt_begin) || !hex_read(&answer, &change->end) || error)
        return say(&nodes->nodes[node], "could not take the reservation");
    nodes->holds_key = key;
    nodes->holder = node;
    return true;
}

bool fencing_free(struct fencing_nodes *nodes)
{
    struct scsi_direct result;

    nodes->holds_key = 0;
    scsi_direct_take_unit_attentions(nodes->sg);
    scsi_direct_pr_out(nodes->sg, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, FREEING_KEY);
    result = scsi_direct_pr_out(nodes->sg, RESERVATION_ACTION_CLEAR, 0, FREEING_KEY, 0);
    if (!scsi_direct_is_good(&result))
        fprintf(stderr, "fencing: the disk cannot be freed\n");
    return scsi_direct_is_good(&result);
}

bool fencing_read(const struct fencing_nodes *nodes, uint32_t count, void *sectors)
{
    const ssize_t size = (ssize_t)count * SECTOR;

    if (pread(nodes->observer, sectors, (size_t)size, 0) == size)
        return true;
    perror("fencing: the disk cannot be read");
    return false;
}
