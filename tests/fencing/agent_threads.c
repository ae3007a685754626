#include "agent_threads.h"

#include "../soak/soak_random.h"
#include "stamp.h"

#include <stdio.h>
#include <stdlib.h>

#define DISK "\\\\.\\PhysicalDrive1"

enum {
    RECORDS_MAX = 1 << 18,
    BUFFER_SIZE = WRITE_SECTORS_MAX * SECTOR + 4096,
    READ_SECTORS_MAX = 8
};

struct thread {
    HANDLE thread;
    HANDLE synchronous, overlapped, event;
    uint32_t node, number; /* number WRITERS is the reader */
    uint64_t sequence;
    struct soak_random random;
    BYTE *buffer, *stamps; /* from a page's begin on */
    struct fencing_record *records;
    uint32_t record_count;
};

volatile LONG64 threads_key;
static volatile LONG stopping;
static struct thread threads[LOGS];

uint64_t threads_now(void)
{
    LARGE_INTEGER now;

    QueryPerformanceCounter(&now);
    return (uint64_t)now.QuadPart;
}

HANDLE threads_open(DWORD flags)
{
    return CreateFileA(DISK, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, flags, NULL);
}

DWORD threads_transfer(HANDLE file, HANDLE event, bool is_write, void *buffer, uint32_t first,
                       uint32_t count)
{
    OVERLAPPED overlapped = {.Offset = first * SECTOR, .hEvent = event};
    DWORD moved = 0;
    BOOL good = is_write ? WriteFile(file, buffer, count * SECTOR, &moved, &overlapped)
                         : ReadFile(file, buffer, count * SECTOR, &moved, &overlapped);

    if (!good && event && GetLastError() == ERROR_IO_PENDING)
        good = GetOverlappedResult(file, &overlapped, &moved, TRUE);
    if (!good)
        return GetLastError();
    return moved == count * SECTOR ? ERROR_SUCCESS : ERROR_HANDLE_EOF;
}

/* Some address a program may use: of a page, of a sector, of neither. */
static BYTE *choose_buffer(struct thread *thread, uint32_t *way)
{
    static const uint32_t offsets[] = {0, 0, 512, 1536, 4, 20, 1, 4095};
    const uint32_t offset = offsets[soak_random(&thread->random, 8)];

    if (offset % SECTOR)
        *way |= WAY_ODD;
    return thread->buffer + offset;
}

/* One sector, a few, or many, a third each. */
static uint32_t choose_count(struct thread *thread)
{
    static const uint32_t most[] = {1, 16, WRITE_SECTORS_MAX};

    return 1 + soak_random(&thread->random, most[soak_random(&thread->random, 3)]);
}

static DWORD run(struct thread *thread, bool is_write, BYTE *buffer, struct fencing_record *record)
{
    const bool overlapped = soak_chance(&thread->random, 50);

    record->way |= overlapped ? WAY_OVERLAPPED : 0;
    record->begin = threads_now();
    record->error = threads_transfer(overlapped ? thread->overlapped : thread->synchronous,
                                     overlapped ? thread->event : NULL, is_write, buffer,
                                     record->first, record->count);
    record->end = threads_now();
    return record->error;
}

static void write_once(struct thread *thread)
{
    struct fencing_record *record = &thread->records[thread->record_count++];
    const uint32_t region = thread->node * WRITERS + thread->number;
    BYTE *buffer;

    *record = (struct fencing_record){.sequence = ++thread->sequence};
    record->count = choose_count(thread);
    record->first =
        region * REGION_SECTORS + soak_random(&thread->random, REGION_SECTORS - record->count + 1);
    buffer = choose_buffer(thread, &record->way);
    for (uint32_t i = 0; i < record->count; i++)
        stamp_fill((uint64_t *)(void *)(thread->stamps + (size_t)i * SECTOR), region,
                   record->first + i, record->sequence, (uint64_t)threads_key);
    memcpy(buffer, thread->stamps, (size_t)record->count * SECTOR);
    run(thread, true, buffer, record);
}

/* A record for each sector, because each has its own history. */
static void read_once(struct thread *thread)
{
    struct fencing_record all = {.count = 1 + soak_random(&thread->random, READ_SECTORS_MAX)};
    const uint32_t region = soak_random(&thread->random, REGIONS);
    BYTE *buffer = choose_buffer(thread, &all.way);

    all.first =
        region * REGION_SECTORS + soak_random(&thread->random, REGION_SECTORS - all.count + 1);
    memset(buffer, 0xee, (size_t)all.count * SECTOR);
    run(thread, false, buffer, &all);
    memcpy(thread->stamps, buffer, (size_t)all.count * SECTOR);
    for (uint32_t i = 0; i < all.count && (i == 0 || !all.error); i++) {
        struct fencing_record *record = &thread->records[thread->record_count++];
        const uint64_t *words = (uint64_t *)(void *)(thread->stamps + (size_t)i * SECTOR);

        *record = all;
        record->first = all.first + i;
        record->count = 1;
        record->sequence = stamp_sequence(words, region, record->first);
    }
}

static DWORD WINAPI work(void *argument)
{
    struct thread *thread = argument;

    while (!stopping && thread->record_count < RECORDS_MAX - READ_SECTORS_MAX) {
        if (thread->number == WRITERS)
            read_once(thread);
        else
            write_once(thread);
    }
    return 0;
}

static void *pages(size_t size)
{
    return VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

static bool prepare(struct thread *thread)
{
    if (thread->buffer)
        return true;
    thread->buffer = pages(BUFFER_SIZE);
    thread->stamps = pages(BUFFER_SIZE);
    thread->records = pages(RECORDS_MAX * sizeof(*thread->records));
    thread->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    thread->synchronous = threads_open(0);
    thread->overlapped = threads_open(FILE_FLAG_OVERLAPPED);
    return thread->buffer && thread->stamps && thread->records && thread->event &&
           thread->synchronous != INVALID_HANDLE_VALUE &&
           thread->overlapped != INVALID_HANDLE_VALUE;
}

bool threads_start(uint32_t node, uint64_t seed)
{
    stopping = 0;
    for (uint32_t i = 0; i < LOGS; i++) {
        struct thread *thread = &threads[i];

        thread->node = node;
        thread->number = i;
        thread->record_count = 0;
        thread->random = soak_random_of(seed, node * LOGS + i);
        if (!prepare(thread))
            return false;
        thread->thread = CreateThread(NULL, 0, work, thread, 0, NULL);
        if (!thread->thread)
            return false;
    }
    return true;
}

static bool write_log(FILE *file, const struct thread *thread)
{
    return fwrite(&thread->record_count, sizeof(thread->record_count), 1, file) == 1 &&
           fwrite(thread->records, sizeof(*thread->records), thread->record_count, file) ==
               thread->record_count;
}

bool threads_stop(const char *path)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL;

    InterlockedExchange(&stopping, 1);
    for (int i = 0; i < LOGS; i++) {
        WaitForSingleObject(threads[i].thread, INFINITE);
        CloseHandle(threads[i].thread);
        good = good && write_log(file, &threads[i]);
    }
    return file && fclose(file) == 0 && good;
}
