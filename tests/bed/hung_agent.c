/* A Windows program with requests in flight on a disk that does not answer. It knows nothing of
 * Holdfast. One line on stdin is one order, one line on stdout its answer:
 *
 *   hang       -> ok REQUESTS     makes requests, none of which may end yet
 *   others     -> ok DONE ENDED   64 threads on other disks; ENDED: how many of the hung have
 *   cancel     -> ok              CancelIo and CancelIoEx, where there are requests and not
 *   leave      -> ok              threads end and a handle is closed under requests
 *   processes  -> ok              starts three processes, each with two requests
 *   end        -> ok              one of them ends, the others are ended
 *   ended      -> ok ENDED
 *   finish     -> ok              waits for the end of all; each must come once
 *   quit       -> ok
 *
 * Instead of "ok" there may be "failed" and the reason. Numbers are hexadecimal. */
#include "hung_orders.h"
#include "hung_requests.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIMEOUT_KEY   "System\\CurrentControlSet\\Services\\Disk"
#define TIMEOUT_VALUE "TimeOutValue"

/* The requests must outlast the time that the test keeps the disk from answering. */
static bool set_timeout(void)
{
    const DWORD seconds = 600;

    return RegSetKeyValueA(HKEY_LOCAL_MACHINE, TIMEOUT_KEY, TIMEOUT_VALUE, REG_DWORD, &seconds,
                           sizeof(seconds)) == ERROR_SUCCESS;
}

static void quit(void)
{
    RegDeleteKeyValueA(HKEY_LOCAL_MACHINE, TIMEOUT_KEY, TIMEOUT_VALUE);
    printf("ok\n");
    fflush(stdout);
    ExitProcess(0);
}

static void ended(void)
{
    printf("ok %lx\n", hung_ended());
}

static const struct {
    const char *name;
    void (*serve)(void);
} commands[] = {
    {"hang", hung_begin},
    {"others", hung_serve_others},
    {"cancel", hung_cancel},
    {"leave", hung_leave},
    {"processes", hung_start_processes},
    {"end", hung_end_processes},
    {"ended", ended},
    {"finish", hung_finish},
    {"quit", quit},
};

static void serve(const char *line)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, line) == 0) {
            commands[i].serve();
            return;
        }
    }
    printf("failed: unknown command\n");
}

int main(int argc, char **argv)
{
    static char line[64];

    if (argc == 2)
        return hung_child(argv[1]);
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    printf(set_timeout() ? "ready\n" : "failed: the registry cannot be written to\n");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\r\n")] = 0;
        serve(line);
        fflush(stdout);
    }
    return 0;
}
