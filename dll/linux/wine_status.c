#include "wine_status.h"

#include "../command/errors.h"
#include "wine.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60 * 1000, PAUSE_MS = 2, NAME_COLUMN = 12, OUTPUT_MAX = 8192 };

static void take(struct wine_status *status, const char *name, const char *value)
{
    const struct {
        const char *name;
        char *to;
        size_t size;
    } places[] = {
        {"wine", status->wine, sizeof(status->wine)},
        {"dll", status->dll, sizeof(status->dll)},
        {"hook", status->hook, sizeof(status->hook)},
        {"unix side", status->unix_side, sizeof(status->unix_side)},
        {"transport", status->transport, sizeof(status->transport)},
        {"because", status->problem, sizeof(status->problem)},
        {"note", status->problem, sizeof(status->problem)},
    };

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (!strcmp(places[i].name, name))
            snprintf(places[i].to, places[i].size, "%s", value);
}

void wine_status_parse(const char *output, struct wine_status *status)
{
    char line[1024];

    while (*output) {
        const size_t length = strcspn(output, "\n");
        size_t name = NAME_COLUMN;

        snprintf(line, sizeof(line), "%.*s", (int)length, output);
        line[strcspn(line, "\r")] = 0;
        output += length + (output[length] == '\n');
        if (strlen(line) <= NAME_COLUMN || line[NAME_COLUMN - 1] != ' ')
            continue;
        while (name && line[name - 1] == ' ')
            line[--name] = 0;
        take(status, line, line + NAME_COLUMN);
    }
}

/* The child becomes Wine. Its output goes to a file in memory, because a wineserver that it starts
 * keeps what a pipe would wait for. The answer is not to stand in anybody's trace. */
static void become(int output)
{
    static const char *const words[] = {"status"};

    if (dup2(output, STDOUT_FILENO) < 0 || setenv("HOLDFAST_TRACE", "off", 1) < 0)
        _exit(EXIT_NO_SHIM);
    _exit(wine_become(words, 1));
}

/* Its exit code; -1: it does not come to an end, and is ended. */
static int wait_for(pid_t child)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000 * 1000};
    int code;

    for (int waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
        if (waitpid(child, &code, WNOHANG) == child)
            return WIFEXITED(code) ? WEXITSTATUS(code) : EXIT_NO_SHIM;
        nanosleep(&pause, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, &code, 0);
    return -1;
}

void wine_status_ask(struct wine_status *status)
{
    char text[OUTPUT_MAX];
    const int output = memfd_create("holdfast status", MFD_CLOEXEC);
    const pid_t child = output < 0 ? -1 : fork();
    ssize_t length = 0;
    int code = EXIT_NO_SHIM;

    *status = (struct wine_status){0};
    if (child == 0)
        become(output);
    if (child > 0) {
        code = wait_for(child);
        length = pread(output, text, sizeof(text) - 1, 0);
    }
    if (output >= 0)
        close(output);
    text[length > 0 ? length : 0] = 0;
    wine_status_parse(text, status);
    status->ok = code == EXIT_DONE && status->wine[0];
    if (code < 0)
        snprintf(
            status->problem, sizeof(status->problem),
            "Wine did not answer within a minute: see what holds it up ('wineserver -k' ends the "
            "prefix' programs)");
    else if (!status->ok && !status->problem[0])
        snprintf(status->problem, sizeof(status->problem),
                 "holdfast.exe could not be started under Wine (exit code %d)", code);
}
