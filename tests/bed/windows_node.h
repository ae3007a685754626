/* One of the bed's two Wine nodes: a process of bed_agent.exe there, and a conversation with it. */
#ifndef TESTS_BED_WINDOWS_NODE_H
#define TESTS_BED_WINDOWS_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { WINDOWS_NODE_LINE_MAX = 160 * 1024, WINDOWS_NODE_WORDS_MAX = 256 };

struct windows_node {
    int number; /* 1 or 2 */
    pid_t pid;
    int to, from;
    char asked[WINDOWS_NODE_WORDS_MAX];   /* the last request, for messages */
    char problem[WINDOWS_NODE_WORDS_MAX]; /* why the conversation is over; empty while it is not */
    char line[WINDOWS_NODE_LINE_MAX];     /* the last answer, without its end of line */
};

/* Starts `command` (NULL-terminated, at most 6 words) by tests/bed/node, whose path is
 * `node_script`, without waiting for it. False: node->problem says why. */
bool windows_node_start(struct windows_node *node, int number, const char *node_script,
                        const char *const *command);

/* Waits for the agent's greeting; Wine's first start takes 10 seconds in the bed. */
bool windows_node_wait_until_ready(struct windows_node *node);

/* Sends one line, without waiting for the answer. */
bool windows_node_send(struct windows_node *node, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Waits for one line, which is then in node->line. A node that does not answer in time, or has
 * ended, is lost: nothing more will be asked of it. */
bool windows_node_receive(struct windows_node *node);

/* Ends the agent, by a request and, failing that, by a signal. */
void windows_node_stop(struct windows_node *node);

#endif
