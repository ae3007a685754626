#include "agent_raw.h"

#include "agent_sentinels.h"
#include "raw_pattern.h"
#include <stdio.h>
#include <string.h>

enum {
    PAGE = 0x1000,
    ROOM = PAGE + AGENT_RAW_MAX + 2 * PAGE, /* a page before the data, the shift, a page behind */
    SEGMENTS_MAX = 64,
    WAIT_MS = 30 * 1000,
    KEY = 0x5157,
};

struct end {
    BOOL result;
    DWORD last_error, bytes;
    BOOL final;
    DWORD final_error, final_bytes;
    DWORD told;
};

static OVERLAPPED overlapped; /* a request that never ends may still write to it */
static BYTE *room, *data;
static FILE_SEGMENT_ELEMENT segments[SEGMENTS_MAX + 1];

static void prepare_buffer(const struct agent_raw *raw)
{
    if (!room)
        room = VirtualAlloc(NULL, ROOM, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    data = room + PAGE + raw->shift;
    memset(room, AGENT_FILL, PAGE + raw->shift + raw->length + PAGE);
    if (raw->is_write)
        raw_pattern_fill(data, raw->length, raw->stamp);
}

static bool has_changed(const BYTE *from, const BYTE *end)
{
    for (; from < end; from++)
        if (*from != AGENT_FILL)
            return true;
    return false;
}

/* What was written must still be there, what was not read must be as it was. */
static bool is_stray(const struct agent_raw *raw, DWORD moved)
{
    const DWORD kept = raw->is_write ? raw->length : moved;

    return has_changed(room, data) || has_changed(data + kept, data + raw->length + PAGE) ||
           (raw->is_write && raw->length >= 4 &&
            raw_pattern_stamp(data, raw->length) != raw->stamp);
}

static BOOL start(const struct agent_raw *raw, DWORD *bytes, OVERLAPPED *with)
{
    return raw->is_write ? WriteFile(raw->handle, data, raw->length, bytes, with)
                         : ReadFile(raw->handle, data, raw->length, bytes, with);
}

static void note_start(struct end *end, BOOL result)
{
    end->result = result;
    end->last_error = GetLastError();
}

static bool is_pending(const struct end *end)
{
    return !end->result && end->last_error == ERROR_IO_PENDING;
}

static void by_pointer(const struct agent_raw *raw, struct end *end)
{
    const LARGE_INTEGER place = {.QuadPart = (LONGLONG)raw->offset};

    if (raw->offset != AGENT_RAW_NO_SEEK)
        SetFilePointerEx(raw->handle, place, NULL, FILE_BEGIN);
    SetLastError(AGENT_LAST_ERROR);
    note_start(end, start(raw, &end->bytes, NULL));
}

static void by_overlapped(const struct agent_raw *raw, struct end *end)
{
    note_start(end, start(raw, &end->bytes, &overlapped));
}

static void wait_for_event(const struct agent_raw *raw, struct end *end)
{
    const bool pending = is_pending(end);

    end->told = WaitForSingleObject(overlapped.hEvent, pending ? WAIT_MS : 0) == WAIT_OBJECT_0;
    if (pending) {
        end->final = GetOverlappedResult(raw->handle, &overlapped, &end->final_bytes, FALSE);
        end->final_error = end->final ? 0 : GetLastError();
    }
}

static void by_event(const struct agent_raw *raw, struct end *end)
{
    overlapped.hEvent = CreateEventA(NULL, TRUE, TRUE, NULL);
    SetLastError(AGENT_LAST_ERROR);
    note_start(end, start(raw, &end->bytes, &overlapped));
    wait_for_event(raw, end);
    CloseHandle(overlapped.hEvent);
}

static bool take_packet(HANDLE port, DWORD wait_ms, struct end *end)
{
    OVERLAPPED *which = NULL;
    ULONG_PTR key = 0;
    BOOL result = GetQueuedCompletionStatus(port, &end->final_bytes, &key, &which, wait_ms);

    if (which != &overlapped || key != KEY)
        return false;
    end->final = result;
    end->final_error = result ? 0 : GetLastError();
    return true;
}

/* A second packet would be one too many. */
static void by_port(const struct agent_raw *raw, struct end *end)
{
    static HANDLE port;

    if (!port)
        port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    CreateIoCompletionPort(raw->handle, port, KEY, 0);
    SetLastError(AGENT_LAST_ERROR);
    note_start(end, start(raw, &end->bytes, &overlapped));
    while (end->told < 2 && take_packet(port, end->told || !is_pending(end) ? 0 : WAIT_MS, end))
        end->told++;
}

static struct end *routine_end;

/* cppcheck-suppress constParameter ; Windows fixes the type */
static void CALLBACK routine(DWORD error, DWORD bytes, OVERLAPPED *which)
{
    if (which != &overlapped)
        return;
    routine_end->told++;
    routine_end->final = error == 0;
    routine_end->final_error = error;
    routine_end->final_bytes = bytes;
}

static void by_routine(const struct agent_raw *raw, struct end *end)
{
    routine_end = end;
    note_start(end, raw->is_write
                        ? WriteFileEx(raw->handle, data, raw->length, &overlapped, routine)
                        : ReadFileEx(raw->handle, data, raw->length, &overlapped, routine));
    SleepEx(end->result ? WAIT_MS : 0, TRUE);
    SleepEx(0, TRUE);
}

static BYTE *segment_memory(void)
{
    static BYTE *memory;

    if (!memory)
        memory = VirtualAlloc(NULL, (SIZE_T)SEGMENTS_MAX * PAGE, MEM_COMMIT | MEM_RESERVE,
                              PAGE_READWRITE);
    return memory;
}

static void by_segments(const struct agent_raw *raw, struct end *end)
{
    const DWORD count = raw->length / PAGE < SEGMENTS_MAX ? raw->length / PAGE : SEGMENTS_MAX;
    BYTE *memory = segment_memory();

    memset(segments, 0, sizeof(segments));
    for (DWORD i = 0; i < count; i++) {
        segments[i].Buffer = memory + (SIZE_T)(count - 1 - i) * PAGE;
        memcpy(segments[i].Buffer, data + (SIZE_T)i * PAGE, PAGE);
    }
    overlapped.hEvent = CreateEventA(NULL, TRUE, TRUE, NULL);
    SetLastError(AGENT_LAST_ERROR);
    note_start(end, raw->is_write
                        ? WriteFileGather(raw->handle, segments, raw->length, NULL, &overlapped)
                        : ReadFileScatter(raw->handle, segments, raw->length, NULL, &overlapped));
    wait_for_event(raw, end);
    CloseHandle(overlapped.hEvent);
    for (DWORD i = 0; i < count; i++)
        memcpy(data + (SIZE_T)i * PAGE, segments[i].Buffer, PAGE);
}

static const struct {
    const char *name;
    void (*run)(const struct agent_raw *raw, struct end *end);
} ways[] = {
    {"pointer", by_pointer}, {"at", by_overlapped}, {"event", by_event},
    {"port", by_port},       {"apc", by_routine},   {"segments", by_segments},
};

static void print_end(const struct agent_raw *raw, const struct end *end)
{
    const DWORD moved = end->final == AGENT_FINAL_NOT_ASKED ? end->result ? end->bytes : 0
                        : end->final                        ? end->final_bytes
                                                            : 0;
    LARGE_INTEGER pointer = {.QuadPart = 0};

    SetFilePointerEx(raw->handle, pointer, &pointer, FILE_CURRENT);
    printf("done %x %lx %lx %x %lx %lx %lx %lx %lx %x %x %llx\n", end->result, end->last_error,
           end->bytes, end->final, end->final_error, end->final_bytes, (DWORD)overlapped.Internal,
           (DWORD)overlapped.InternalHigh, end->told,
           raw->is_write ? RAW_NOTHING : raw_pattern_stamp(data, moved), is_stray(raw, moved),
           pointer.QuadPart);
}

bool agent_raw_run(const struct agent_raw *raw, const char *way)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct end end = {.bytes = AGENT_RETURNED, .final = AGENT_FINAL_NOT_ASKED};

        if (strcmp(way, ways[i].name) != 0)
            continue;
        prepare_buffer(raw);
        memset(&overlapped, 0, sizeof(overlapped));
        overlapped.Offset = (DWORD)raw->offset;
        overlapped.OffsetHigh = (DWORD)(raw->offset >> 32);
        SetLastError(AGENT_LAST_ERROR);
        ways[i].run(raw, &end);
        print_end(raw, &end);
        return true;
    }
    return false;
}
