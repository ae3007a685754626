#include "windows_node.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    COMMAND_WORDS_MAX = 6,
    START_TIMEOUT_MS = 90 * 1000,
    ANSWER_TIMEOUT_MS = 100 * 1000,
    END_TIMEOUT_S = 30
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool lose(struct windows_node *node, const char *why)
{
    snprintf(node->problem, sizeof(node->problem), "node %d %s (asked: %.150s)", node->number, why,
             node->asked);
    return false;
}

static int spawn_with_pipes(struct windows_node *node, const char *const *words, int in, int out)
{
    posix_spawn_file_actions_t actions;
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    error = posix_spawn(&node->pid, words[0], &actions, NULL, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int spawn(struct windows_node *node, const char *const *words)
{
    int to[2], from[2], error;

    if (pipe2(to, O_CLOEXEC) < 0)
        return errno;
    if (pipe2(from, O_CLOEXEC) < 0) {
        close(to[0]);
        close(to[1]);
        return errno;
    }
    error = spawn_with_pipes(node, words, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    node->to = to[1];
    node->from = from[0];
    return error;
}

bool windows_node_start(struct windows_node *node, int number, const char *node_script,
                        const char *const *command)
{
    char digit[] = {(char)('0' + number), 0};
    const char *words[COMMAND_WORDS_MAX + 3] = {node_script, digit};
    int error;

    memset(node, 0, sizeof(*node));
    node->number = number;
    snprintf(node->asked, sizeof(node->asked), "to start");
    for (int i = 0; i < COMMAND_WORDS_MAX && command[i]; i++)
        words[i + 2] = command[i];
    error = spawn(node, words);
    return error == 0 || lose(node, strerror(error));
}

/* Reads up to the end of one line. Nothing follows it: the agent speaks only when asked. */
static bool read_line(struct windows_node *node, int timeout_ms)
{
    const int64_t end = now_ms() + timeout_ms;
    size_t used = 0;

    for (;;) {
        struct pollfd ready = {.fd = node->from, .events = POLLIN};
        const int64_t left = end - now_ms();
        ssize_t got;

        if (left <= 0 || poll(&ready, 1, (int)left) == 0)
            return lose(node, "did not answer in time");
        got = read(node->from, node->line + used, sizeof(node->line) - 1 - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return lose(node, used == sizeof(node->line) - 1 ? "answered too much" : "has ended");
        used += (size_t)got;
        if (node->line[used - 1] == '\n') {
            node->line[used - 1] = 0;
            return true;
        }
    }
}

bool windows_node_wait_until_ready(struct windows_node *node)
{
    return read_line(node, START_TIMEOUT_MS) &&
           (strcmp(node->line, "ready") == 0 || lose(node, "answered something else than ready"));
}

bool windows_node_send(struct windows_node *node, const char *format, ...)
{
    char line[4096];
    va_list arguments;
    int length;

    if (*node->problem)
        return false;
    va_start(arguments, format);
    length = vsnprintf(line, sizeof(line) - 1, format, arguments);
    va_end(arguments);
    snprintf(node->asked, sizeof(node->asked), "%.200s", line);
    if (length < 0 || (size_t)length >= sizeof(line) - 1)
        return lose(node, "cannot be asked something that long");
    line[length++] = '\n';
    return write(node->to, line, (size_t)length) == length || lose(node, "does not listen");
}

bool windows_node_receive(struct windows_node *node)
{
    return !*node->problem && read_line(node, ANSWER_TIMEOUT_MS);
}

static bool has_ended(pid_t pid, int seconds)
{
    for (int i = 0; i < seconds * 50; i++) {
        if (waitpid(pid, NULL, WNOHANG) == pid)
            return true;
        usleep(20 * 1000);
    }
    return false;
}

void windows_node_stop(struct windows_node *node)
{
    if (node->pid <= 0)
        return;
    windows_node_send(node, "quit");
    close(node->to);
    if (!has_ended(node->pid, END_TIMEOUT_S)) {
        kill(node->pid, SIGKILL);
        waitpid(node->pid, NULL, 0);
    }
    close(node->from);
    node->pid = 0;
}
