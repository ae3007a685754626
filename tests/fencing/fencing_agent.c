/* The Windows program of the fencing soak. It knows nothing of Holdfast and judges nothing but what
 * it reads in a turn. One line on stdin is one order, one line on stdout its answer:
 *
 *   take OWN OTHER TYPE             -> ok ERROR REGISTER PREEMPT END   registers with the key OWN
 * and takes the reservation from the key OTHER (0: reserves). The times are before REGISTER, before
 * PREEMPT and after it. start NODE SEED                 -> ok     its threads write and read
 * (agent_threads.c) stop PATH                       -> ok     ends them; what they remember is in
 * that file turn OLD NEW FIRST COUNT OFFSET OVERLAPPED -> ok ERROR WRONG   reads COUNT sectors from
 * FIRST on, counts those that do not bear the sequence number OLD, and writes them with NEW; the
 * buffer begins OFFSET bytes into a page quit                            -> ok
 *
 * Instead of "ok" there may be "failed" and the reason. Numbers are hexadecimal. */
#include "agent_threads.h"
#include "stamp.h"

#include <fcntl.h>
#include <io.h>
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PR_OUT_LENGTH = sizeof(PERSISTENT_RESERVE_COMMAND) + sizeof(PRO_PARAMETER_LIST) };

static HANDLE disk, overlapped_disk, event;

static uint64_t next_number(void)
{
    const char *word = strtok(NULL, " ");

    return word ? strtoull(word, NULL, 16) : 0;
}

static void put_key(BYTE *to, uint64_t key)
{
    for (int i = 7; i >= 0; i--, key >>= 8)
        to[i] = (BYTE)key;
}

static DWORD pr_out(BYTE action, BYTE type, uint64_t key, uint64_t action_key)
{
    union {
        PERSISTENT_RESERVE_COMMAND command;
        BYTE bytes[PR_OUT_LENGTH];
    } input = {0};
    DWORD returned;

    input.command.Version = sizeof(input.command);
    input.command.Size = sizeof(input);
    input.command.PR_OUT.ServiceAction = action;
    input.command.PR_OUT.Type = type & 15;
    put_key(input.command.PR_OUT.ParameterList, key);
    put_key(input.command.PR_OUT.ParameterList + 8, action_key);
    return DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, &input, sizeof(input), NULL,
                           0, &returned, NULL)
               ? ERROR_SUCCESS
               : GetLastError();
}

static void take(void)
{
    const uint64_t own = next_number(), other = next_number();
    const BYTE type = (BYTE)next_number();
    const BYTE action = other ? RESERVATION_ACTION_PREEMPT : RESERVATION_ACTION_RESERVE;
    const uint64_t begin = threads_now();
    uint64_t preempt;
    DWORD error = pr_out(RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, own);

    preempt = threads_now();
    if (!error)
        error = pr_out(action, type, own, other);
    if (!error)
        InterlockedExchange64(&threads_key, (LONG64)own);
    printf("ok %lx %llx %llx %llx\n", error, (unsigned long long)begin, (unsigned long long)preempt,
           (unsigned long long)threads_now());
}

static void start(void)
{
    const uint32_t node = (uint32_t)next_number();

    printf(threads_start(node, next_number()) ? "ok\n" : "failed: the threads do not start\n");
}

static void stop(void)
{
    const char *path = strtok(NULL, "");

    printf(path && threads_stop(path) ? "ok\n" : "failed: the records cannot be written\n");
}

static uint32_t count_wrong(const uint64_t *stamps, uint32_t first, uint32_t count,
                            uint64_t expected)
{
    uint32_t wrong = 0;

    for (uint32_t i = 0; i < count; i++)
        wrong += stamp_sequence(stamps + (size_t)i * SECTOR_WORDS, 0, first + i) != expected;
    return wrong;
}

static void turn(void)
{
    static uint64_t stamps[TURN_SECTORS_MAX * SECTOR_WORDS];
    static _Alignas(4096) BYTE memory[sizeof(stamps) + 4096];
    const uint64_t old = next_number(), new = next_number();
    const uint32_t first = (uint32_t)next_number(), count = (uint32_t)next_number();
    BYTE *buffer = memory + next_number() % 4096;
    const bool is_overlapped = next_number() != 0;
    HANDLE file = is_overlapped ? overlapped_disk : disk;
    const size_t size = (size_t)count * SECTOR;
    uint32_t wrong = 0;
    DWORD error;

    if (count > TURN_SECTORS_MAX) {
        printf("failed: too many sectors\n");
        return;
    }
    error = threads_transfer(file, is_overlapped ? event : NULL, false, buffer, first, count);
    if (!error) {
        memcpy(stamps, buffer, size);
        wrong = count_wrong(stamps, first, count, old);
        for (uint32_t i = 0; i < count; i++)
            stamp_fill(stamps + (size_t)i * SECTOR_WORDS, 0, first + i, new, 0);
        memcpy(buffer, stamps, size);
        error = threads_transfer(file, is_overlapped ? event : NULL, true, buffer, first, count);
    }
    printf("ok %lx %x\n", error, wrong);
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
} orders[] = {{"take", take}, {"start", start}, {"stop", stop}, {"turn", turn}, {"quit", quit}};

static void serve(char *line)
{
    const char *name = strtok(line, " ");

    for (size_t i = 0; name && i < sizeof(orders) / sizeof(orders[0]); i++) {
        if (strcmp(orders[i].name, name) == 0) {
            orders[i].serve();
            return;
        }
    }
    printf("failed: unknown order\n");
}

int main(void)
{
    static char line[512];

    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    disk = threads_open(0);
    overlapped_disk = threads_open(FILE_FLAG_OVERLAPPED);
    event = CreateEventA(NULL, TRUE, FALSE, NULL);
    if (disk == INVALID_HANDLE_VALUE || overlapped_disk == INVALID_HANDLE_VALUE || !event) {
        printf("failed: the disk cannot be opened (error %lu)\n", GetLastError());
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
