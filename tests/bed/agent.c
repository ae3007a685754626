/* A plain Windows program that makes the requests the bed's tests ask for: one line on stdin is one
 * request, one line on stdout its answer. It knows nothing of Holdfast. Starting a process under
 * Wine is slow in the bed, so one agent serves a whole run.
 *
 *   open ACCESS FLAGS NAME              -> ok SLOT | error LASTERROR
 *   ioctl SLOT CODE INPUT LENGTH        -> done ...      INPUT in hex; "-" is NULL for both buffers
 *   overlapped SLOT CODE INPUT LENGTH   -> done ... ...  the same with an OVERLAPPED
 *   close SLOT | closeall | pid | quit  -> ok [NUMBER]
 *
 * Numbers are hexadecimal. agent_request.c says what follows "done". A line that cannot be
 * understood is answered with "bad" and the reason. */
#include "agent_request.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 32, LINE_SIZE = 4096 };

static HANDLE slots[SLOTS];

static void bad(const char *reason)
{
    printf("bad %s\n", reason);
}

/* The next word as a number; false where there is none or it is something else. */
static bool next_number(DWORD *number)
{
    const char *word = strtok(NULL, " ");
    char *end;

    if (!word || !*word)
        return false;
    *number = strtoul(word, &end, 16);
    return *end == 0;
}

static bool next_slot(DWORD *slot)
{
    return next_number(slot) && *slot < SLOTS && slots[*slot];
}

static void open_handle(void)
{
    DWORD access, flags, slot = 0;
    const char *name;
    HANDLE handle;

    if (!next_number(&access) || !next_number(&flags) || !(name = strtok(NULL, ""))) {
        bad("open ACCESS FLAGS NAME");
        return;
    }
    while (slot < SLOTS && slots[slot])
        slot++;
    if (slot == SLOTS) {
        bad("too many handles");
        return;
    }
    handle = CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                         flags, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        printf("error %lx\n", GetLastError());
        return;
    }
    slots[slot] = handle;
    printf("ok %lx\n", slot);
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* "-" is a NULL pointer. */
static bool next_input(struct agent_request *request)
{
    const char *word = strtok(NULL, " ");
    size_t length;

    if (!word)
        return false;
    request->has_input = strcmp(word, "-") != 0;
    if (!request->has_input)
        return true;
    length = strlen(word);
    if (length % 2 || length / 2 > AGENT_INPUT_MAX)
        return false;
    request->input_length = (DWORD)(length / 2);
    for (size_t i = 0; i < length; i += 2) {
        int high = hex_digit(word[i]), low = hex_digit(word[i + 1]);

        if (high < 0 || low < 0)
            return false;
        request->input[i / 2] = (BYTE)(high << 4 | low);
    }
    return true;
}

static bool next_output(struct agent_request *request)
{
    char *word = strtok(NULL, " "), *end;

    if (!word)
        return false;
    request->has_output = strcmp(word, "-") != 0;
    if (!request->has_output)
        return true;
    request->output_length = strtoul(word, &end, 16);
    return *end == 0 && request->output_length <= AGENT_OUTPUT_MAX;
}

static void make_request(void (*make)(struct agent_request *))
{
    static struct agent_request request;
    DWORD slot;

    memset(&request, 0, sizeof(request));
    if (!next_slot(&slot)) {
        bad("no such slot");
        return;
    }
    request.handle = slots[slot];
    if (next_number(&request.code) && next_input(&request) && next_output(&request))
        make(&request);
    else
        bad("SLOT CODE INPUT|- LENGTH|-");
}

static void synchronous(void)
{
    make_request(agent_request_synchronous);
}

static void overlapped(void)
{
    make_request(agent_request_overlapped);
}

static void close_slot(DWORD slot)
{
    if (slots[slot])
        CloseHandle(slots[slot]);
    slots[slot] = NULL;
}

static void close_one(void)
{
    DWORD slot;

    if (!next_slot(&slot)) {
        bad("no such slot");
        return;
    }
    close_slot(slot);
    printf("ok\n");
}

static void close_all(void)
{
    for (DWORD slot = 0; slot < SLOTS; slot++)
        close_slot(slot);
    printf("ok\n");
}

static void process_id(void)
{
    printf("ok %lx\n", GetCurrentProcessId());
}

static void quit(void)
{
    printf("ok\n");
    fflush(stdout);
    exit(0);
}

static const struct {
    const char *name;
    void (*serve)(void);
} commands[] = {
    {"open", open_handle}, {"ioctl", synchronous},  {"overlapped", overlapped},
    {"close", close_one},  {"closeall", close_all}, {"pid", process_id},
    {"quit", quit},
};

static void serve(char *line)
{
    const char *name = strtok(line, " ");

    for (size_t i = 0; name && i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            commands[i].serve();
            return;
        }
    }
    bad("unknown command");
}

int main(void)
{
    static char line[LINE_SIZE];

    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin)) {
        size_t length = strcspn(line, "\r\n");

        if (!line[length]) {
            bad("line too long");
            return 1;
        }
        line[length] = 0;
        serve(line);
        fflush(stdout);
    }
    return 0;
}
