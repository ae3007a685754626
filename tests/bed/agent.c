/* A plain Windows program that makes the requests the bed's tests ask for: one line on stdin is one
 * request, one line on stdout its answer. It knows nothing of Holdfast. Starting a process under
 * Wine is slow in the bed, so one agent serves a whole run.
 *
 *   open ACCESS FLAGS NAME              -> ok SLOT | error LASTERROR
 *   ioctl SLOT CODE INPUT LENGTH        -> done ...      INPUT in hex; "-" is NULL for both buffers
 *   overlapped SLOT CODE INPUT LENGTH   -> done ... ...  the same with an OVERLAPPED
 *   raw SLOT read|write WAY OFFSET LENGTH SHIFT STAMP -> done ...    agent_raw.h
 *   flush SLOT                          -> ok | error LASTERROR
 *   map SLOT LENGTH                     -> ok FIRSTWORD | error LASTERROR
 *   duplicate SLOT                      -> ok SLOT
 *   inherit SLOT OFFSET STAMP           -> ok ERROR     a child writes a sector by the handle
 *   give SLOT PID | take HANDLE         -> ok HANDLE | ok SLOT   a copy for another process
 *   close SLOT | closeall | pid | quit  -> ok [NUMBER]
 *
 * Numbers are hexadecimal. agent_request.h says what else follows "done". A line that cannot be
 * understood is answered with "bad" and the reason. */
#include "agent_raw.h"
#include "agent_request.h"
#include "agent_share.h"

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
static bool next_wide(ULONGLONG *number)
{
    const char *word = strtok(NULL, " ");
    char *end;

    if (!word || !*word)
        return false;
    *number = strtoull(word, &end, 16);
    return *end == 0;
}

static bool next_number(DWORD *number)
{
    ULONGLONG wide = 0;
    const bool good = next_wide(&wide) && wide <= 0xffffffff;

    *number = (DWORD)wide;
    return good;
}

static bool next_slot(DWORD *slot)
{
    return next_number(slot) && *slot < SLOTS && slots[*slot];
}

static void keep(HANDLE handle)
{
    DWORD slot = 0;

    while (slot < SLOTS && slots[slot])
        slot++;
    if (slot == SLOTS) {
        bad("too many handles");
        return;
    }
    slots[slot] = handle;
    printf("ok %lx\n", slot);
}

static void keep_or_error(HANDLE handle)
{
    if (!handle || handle == INVALID_HANDLE_VALUE)
        printf("error %lx\n", GetLastError());
    else
        keep(handle);
}

static void open_handle(void)
{
    DWORD access, flags;
    const char *name;

    if (!next_number(&access) || !next_number(&flags) || !(name = strtok(NULL, ""))) {
        bad("open ACCESS FLAGS NAME");
        return;
    }
    keep_or_error(CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                              flags, NULL));
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

static void raw(void)
{
    static struct agent_raw raw;
    const char *verb, *way;
    DWORD slot;

    if (!next_slot(&slot) || !(verb = strtok(NULL, " ")) || !(way = strtok(NULL, " ")) ||
        !next_wide(&raw.offset) || !next_number(&raw.length) || !next_number(&raw.shift) ||
        !next_number(&raw.stamp) || raw.length > AGENT_RAW_MAX || raw.shift >= 0x1000) {
        bad("raw SLOT read|write WAY OFFSET LENGTH SHIFT STAMP");
        return;
    }
    raw.handle = slots[slot];
    raw.is_write = strcmp(verb, "write") == 0;
    if (!agent_raw_run(&raw, way))
        bad("unknown way");
}

static void flush(void)
{
    DWORD slot;

    if (!next_slot(&slot))
        bad("no such slot");
    else if (FlushFileBuffers(slots[slot]))
        printf("ok\n");
    else
        printf("error %lx\n", GetLastError());
}

static void map(void)
{
    DWORD slot, length, word;

    if (!next_slot(&slot) || !next_number(&length))
        bad("map SLOT LENGTH");
    else if (agent_share_map(slots[slot], length, &word))
        printf("ok %lx\n", word);
    else
        printf("error %lx\n", GetLastError());
}

static void duplicate(void)
{
    DWORD slot;

    if (next_slot(&slot))
        keep_or_error(agent_share_duplicate(slots[slot]));
    else
        bad("no such slot");
}

static void inherit(void)
{
    DWORD slot, offset, stamp, error;

    if (!next_slot(&slot) || !next_number(&offset) || !next_number(&stamp))
        bad("inherit SLOT OFFSET STAMP");
    else if (agent_share_inherit(slots[slot], offset, stamp, &error))
        printf("ok %lx\n", error);
    else
        bad("no child");
}

static void give(void)
{
    DWORD slot, process;
    HANDLE given;

    if (!next_slot(&slot) || !next_number(&process))
        bad("give SLOT PID");
    else if ((given = agent_share_give(slots[slot], process)))
        printf("ok %lx\n", (DWORD)(ULONG_PTR)given);
    else
        printf("error %lx\n", GetLastError());
}

static void take(void)
{
    DWORD value;

    keep_or_error(next_number(&value) ? (HANDLE)(ULONG_PTR)value : NULL);
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
    {"open", open_handle},
    {"ioctl", synchronous},
    {"overlapped", overlapped},
    {"close", close_one},
    {"closeall", close_all},
    {"pid", process_id},
    {"raw", raw},
    {"flush", flush},
    {"map", map},
    {"duplicate", duplicate},
    {"inherit", inherit},
    {"give", give},
    {"take", take},
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

int main(int argc, char **argv)
{
    static char line[LINE_SIZE];

    if (argc > 1)
        return agent_share_child(argc, argv);

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
