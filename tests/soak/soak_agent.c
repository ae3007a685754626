/* The Windows program of the soak: threads that make requests of one disk, in bursts. It knows
 * nothing of Holdfast and judges nothing. One line on stdin is one order:
 *
 *   open ACCESS FLAGS PORT NAME        -> ok SLOT | error LASTERROR
 *   q THREAD SLOT WAY CODE IN OUT      (no answer) one request of the next burst
 *   go WHEN                            -> done STRAYS ANSWER...
 *   quit                               -> ok
 *
 * PORT is 1 for a handle that is bound to the completion port. WAY is a letter of enum way. IN is
 * "-" (NULL, 0), "n:LENGTH" (NULL with that length), "u:LENGTH" (memory that is not there),
 * "h:LENGTH" (only its first four bytes are), or "b:HEX". OUT is the same but for "b:LENGTH".
 * WHEN is a time of QueryPerformanceCounter. There is an ANSWER for each q line, in their order:
 * fourteen words and the output, see request_print. STRAYS counts completion packets that no
 * request was waiting for, since the start. Numbers are hexadecimal.
 *
 * A burst begins for all threads at once; each makes its requests one after another. */
#include "agent_request.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, SLOTS = 32, REQUESTS_MAX = 64, LINE_SIZE = 4096 };

static HANDLE slots[SLOTS];
static HANDLE port;
static volatile LONG strays;

static struct request requests[REQUESTS_MAX];
static DWORD thread_of[REQUESTS_MAX];
static DWORD request_count;

/* The barrier: SRW locks and condition variables, because they ask the Wine server nothing. */
static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE started = CONDITION_VARIABLE_INIT, ended = CONDITION_VARIABLE_INIT;
static DWORD burst, busy;

static void bad(const char *reason)
{
    printf("bad %s\n", reason);
}

static DWORD WINAPI work(void *argument)
{
    const DWORD self = (DWORD)(ULONG_PTR)argument;

    for (DWORD done = 0;; done++) {
        AcquireSRWLockExclusive(&lock);
        while (burst == done)
            SleepConditionVariableSRW(&started, &lock, INFINITE, 0);
        ReleaseSRWLockExclusive(&lock);
        for (DWORD i = 0; i < request_count; i++)
            if (thread_of[i] == self)
                request_make(&requests[i]);
        AcquireSRWLockExclusive(&lock);
        if (--busy == 0)
            WakeConditionVariable(&ended);
        ReleaseSRWLockExclusive(&lock);
    }
    return 0;
}

static DWORD WINAPI take_packets(void *argument)
{
    (void)argument;
    for (;;) {
        OVERLAPPED *overlapped = NULL;
        struct request *request;
        ULONG_PTR key;
        DWORD bytes = 0;
        BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, INFINITE);
        DWORD error = GetLastError();

        if (!overlapped)
            continue;
        request = CONTAINING_RECORD(overlapped, struct request, overlapped);
        if (InterlockedExchange(&request->awaits_packet, 0) && key == (ULONG_PTR)request->handle)
            request_take_packet(request, good, bytes, error);
        else
            InterlockedIncrement(&strays);
    }
    return 0;
}

static bool next_number(DWORD *number)
{
    const char *word = strtok(NULL, " ");
    char *end;

    if (!word || !*word)
        return false;
    *number = strtoul(word, &end, 16);
    return *end == 0;
}

static DWORD free_slot(void)
{
    DWORD slot = 0;

    while (slot < SLOTS && slots[slot])
        slot++;
    return slot;
}

static void open_handle(void)
{
    DWORD access, flags, on_port, slot = free_slot();
    const char *name;
    HANDLE handle;

    if (slot == SLOTS || !next_number(&access) || !next_number(&flags) || !next_number(&on_port) ||
        !(name = strtok(NULL, ""))) {
        bad("open ACCESS FLAGS PORT NAME");
        return;
    }
    handle = CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                         flags, NULL);
    if (handle == INVALID_HANDLE_VALUE ||
        (on_port && !CreateIoCompletionPort(handle, port, (ULONG_PTR)handle, 0))) {
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

static bool read_bytes(const char *word, struct request *request)
{
    size_t length = strlen(word);

    if (length % 2 || length / 2 > INPUT_MAX)
        return false;
    request->in.length = (DWORD)(length / 2);
    for (size_t i = 0; i < length; i += 2) {
        int high = hex_digit(word[i]), low = hex_digit(word[i + 1]);

        if (high < 0 || low < 0)
            return false;
        request->input[i / 2] = (BYTE)(high << 4 | low);
    }
    return true;
}

/* The place and its length; *rest is what stands behind the colon. */
static bool read_place(struct buffer *buffer, const char **rest)
{
    const char *word = strtok(NULL, " ");

    *buffer = (struct buffer){PLACE_NONE, 0};
    *rest = NULL;
    if (!word || !strchr("-nubh", word[0]))
        return false;
    if (strcmp(word, "-") == 0)
        return true;
    if (word[1] != ':')
        return false;
    buffer->place = (enum place)word[0];
    *rest = word + 2;
    if (buffer->place != PLACE_GOOD)
        buffer->length = strtoul(*rest, NULL, 16);
    return true;
}

static bool read_request(struct request *request, DWORD *thread)
{
    const char *way, *rest;
    DWORD slot;

    memset(request->input, 0, sizeof(request->input));
    if (!next_number(thread) || *thread >= THREADS || !next_number(&slot) || slot >= SLOTS ||
        !slots[slot] || !(way = strtok(NULL, " ")) || !strchr("setp", way[0]) ||
        !next_number(&request->code))
        return false;
    request->handle = slots[slot];
    request->way = (enum way)way[0];
    if (!read_place(&request->in, &rest) ||
        (request->in.place == PLACE_GOOD && !read_bytes(rest, request)))
        return false;
    if (!read_place(&request->out, &rest))
        return false;
    if (request->out.place == PLACE_GOOD)
        request->out.length = strtoul(rest, NULL, 16);
    return request->out.place != PLACE_GOOD || request->out.length <= OUTPUT_MAX;
}

/* Not answered, so that the burst needs one answer; a mistake ends the agent, which says it all. */
static void queue_request(void)
{
    if (request_count == REQUESTS_MAX ||
        !read_request(&requests[request_count], &thread_of[request_count])) {
        bad("q THREAD SLOT WAY CODE IN OUT");
        fflush(stdout);
        exit(1);
    }
    request_count++;
}

/* Both nodes are to begin at once, and the second hears of it later than the first. */
static bool wait_until_due(void)
{
    const char *word = strtok(NULL, " ");
    LARGE_INTEGER now;
    char *end;
    LONGLONG due;

    if (!word)
        return false;
    due = (LONGLONG)strtoull(word, &end, 16);
    do
        QueryPerformanceCounter(&now);
    while (now.QuadPart < due);
    return *end == 0;
}

static void go(void)
{
    if (!wait_until_due()) {
        bad("go WHEN");
        return;
    }
    AcquireSRWLockExclusive(&lock);
    busy = THREADS;
    burst++;
    WakeAllConditionVariable(&started);
    while (busy)
        SleepConditionVariableSRW(&ended, &lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&lock);
    printf("done %lx", strays);
    for (DWORD i = 0; i < request_count; i++)
        request_print(&requests[i]);
    putchar('\n');
    request_count = 0;
}

static void quit(void)
{
    printf("ok\n");
    fflush(stdout);
    ExitProcess(0);
}

static const struct {
    const char *name;
    void (*serve)(void);
} commands[] = {{"open", open_handle}, {"q", queue_request}, {"go", go}, {"quit", quit}};

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

static bool start(void)
{
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    if (!port || !request_set_up() || !CreateThread(NULL, 0, take_packets, NULL, 0, NULL))
        return false;
    for (DWORD i = 0; i < REQUESTS_MAX; i++)
        if (!request_prepare_slot(&requests[i]))
            return false;
    for (DWORD i = 0; i < THREADS; i++)
        if (!CreateThread(NULL, 0, work, (void *)(ULONG_PTR)i, 0, NULL))
            return false;
    return true;
}

int main(void)
{
    static char line[LINE_SIZE];

    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    if (!start()) {
        bad("no memory or no threads");
        return 1;
    }
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\r\n")] = 0;
        serve(line);
        fflush(stdout);
    }
    return 0;
}
