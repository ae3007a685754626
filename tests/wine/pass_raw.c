#include "pass_raw.h"

#include "../patience.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

enum { PAGE = 0x1000, ROOM = 2 * PAGE, PRESET = 0xa5 };

static BYTE *room;     /* two pages, the third is not there */
static BYTE *constant; /* one page that cannot be written to */
static DWORD routine_calls, routine_error, routine_bytes;

static void prepare(void)
{
    DWORD old;

    room = VirtualAlloc(NULL, ROOM + PAGE, MEM_RESERVE, PAGE_NOACCESS);
    VirtualAlloc(room, ROOM, MEM_COMMIT, PAGE_READWRITE);
    constant = VirtualAlloc(NULL, PAGE, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    memset(constant, 'c', PAGE);
    VirtualProtect(constant, PAGE, PAGE_READONLY, &old);
}

static DWORD sum(void)
{
    DWORD hash = 2166136261u;

    for (DWORD i = 0; i < ROOM; i++)
        hash = (hash ^ room[i]) * 16777619u;
    return hash;
}

static void fill(BOOL is_write)
{
    for (DWORD i = 0; i < ROOM; i++)
        room[i] = is_write ? (BYTE)(i * 7 + i / 256) : PRESET;
}

static DWORD pointer_of(HANDLE handle)
{
    return SetFilePointer(handle, 0, NULL, FILE_CURRENT);
}

static void CALLBACK routine(DWORD error, DWORD bytes, OVERLAPPED *overlapped)
{
    (void)overlapped;
    routine_calls++;
    routine_error = error;
    routine_bytes = bytes;
}

struct buffer {
    const char *name;
    BYTE *address;
    DWORD length;
};

static BOOL start(HANDLE handle, BOOL is_write, const struct buffer *buffer, DWORD *bytes,
                  OVERLAPPED *overlapped)
{
    return is_write ? WriteFile(handle, buffer->address, buffer->length, bytes, overlapped)
                    : ReadFile(handle, buffer->address, buffer->length, bytes, overlapped);
}

static void without_overlapped(const char *label, HANDLE handle, BOOL is_write,
                               const struct buffer *buffer)
{
    DWORD bytes = 7777;
    BOOL result;

    fill(is_write);
    SetLastError(5555);
    result = start(handle, is_write, buffer, &bytes, NULL);
    printf("%s %s %s: %d %lu %lu %08lx\n", label, is_write ? "write" : "read", buffer->name, result,
           GetLastError(), bytes, sum());
    printf("pointer %lu\n", pointer_of(handle));
}

/* `bit` 2: no event at all; 3: one that is none. */
static void with_overlapped(const char *label, HANDLE handle, BOOL is_write,
                            const struct buffer *buffer, DWORD offset, int bit)
{
    static OVERLAPPED overlapped;
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL);
    DWORD bytes = 7777, error, final = 0;
    BOOL result;

    overlapped = (OVERLAPPED){.Offset = offset, .hEvent = (HANDLE)((ULONG_PTR)event | (bit & 1))};
    if (bit >= 2)
        overlapped.hEvent = bit == 2 ? NULL : (HANDLE)(ULONG_PTR)0x7ffc;
    fill(is_write);
    SetLastError(5555);
    result = start(handle, is_write, buffer, &bytes, &overlapped);
    error = GetLastError();
    if (!result && error == ERROR_IO_PENDING)
        final = (DWORD)GetOverlappedResult(handle, &overlapped, &bytes, TRUE);
    printf("%s %s %s at %lu event %d: %d %lu %lu %lu %llx %llx %lu %08lx\n", label,
           is_write ? "write" : "read", buffer->name, offset, bit, result, error, bytes, final,
           (unsigned long long)overlapped.Internal, (unsigned long long)overlapped.InternalHigh,
           WaitForSingleObject(event, 0), sum());
    printf("pointer %lu\n", pointer_of(handle));
    CloseHandle(event);
}

static void with_routine(const char *label, HANDLE handle, BOOL is_write,
                         const struct buffer *buffer)
{
    static OVERLAPPED overlapped;
    BOOL result;

    overlapped = (OVERLAPPED){.Offset = 3};
    routine_calls = routine_error = routine_bytes = 0;
    fill(is_write);
    SetLastError(5555);
    result = is_write ? WriteFileEx(handle, buffer->address, buffer->length, &overlapped, routine)
                      : ReadFileEx(handle, buffer->address, buffer->length, &overlapped, routine);
    printf("%s %sEx %s: %d %lu ", label, is_write ? "write" : "read", buffer->name, result,
           GetLastError());
    SleepEx(0, TRUE);
    printf("%lu %lu %lu %llx %08lx\n", routine_calls, routine_error, routine_bytes,
           (unsigned long long)overlapped.Internal, sum());
}

static void by_segments(const char *label, HANDLE handle, BOOL is_write, DWORD length)
{
    static OVERLAPPED overlapped;
    FILE_SEGMENT_ELEMENT segments[3] = {{0}};
    BOOL result;
    DWORD error;

    segments[0].Buffer = room + PAGE;
    segments[1].Buffer = room;
    overlapped = (OVERLAPPED){.hEvent = CreateEventW(NULL, TRUE, TRUE, NULL)};
    fill(is_write);
    SetLastError(5555);
    result = is_write ? WriteFileGather(handle, segments, length, NULL, &overlapped)
                      : ReadFileScatter(handle, segments, length, NULL, &overlapped);
    error = GetLastError();
    if (!result && error == ERROR_IO_PENDING)
        WaitForSingleObject(overlapped.hEvent, patience_ms());
    printf("%s %s of %lu: %d %lu %llx %llx %08lx\n", label, is_write ? "gather" : "scatter", length,
           result, error, (unsigned long long)overlapped.Internal,
           (unsigned long long)overlapped.InternalHigh, sum());
    CloseHandle(overlapped.hEvent);
}

static void flush(const char *label, HANDLE handle)
{
    BOOL result;

    SetLastError(5555);
    result = FlushFileBuffers(handle);
    printf("%s flush: %d %lu\n", label, result, GetLastError());
}

/* Reads follow writes, so that there is something to be read. */
static void all_calls(const char *label, HANDLE handle)
{
    const struct buffer buffers[] = {
        {"0", room, 0},
        {"1", room, 1},
        {"100 odd", room + 13, 100},
        {"512", room, 512},
        {"513", room, 513},
        {"8192", room, ROOM},
        {"nowhere", (BYTE *)1, 512},
        {"half", room + PAGE, ROOM},
        {"constant", constant, 512},
    };

    for (int is_write = 1; is_write >= 0; is_write--) {
        SetFilePointer(handle, 0, NULL, FILE_BEGIN);
        for (size_t i = 0; i < ARRAYSIZE(buffers); i++) {
            without_overlapped(label, handle, is_write, &buffers[i]);
            for (int bit = 0; bit < 4; bit++)
                with_overlapped(label, handle, is_write, &buffers[i], (DWORD)i * 101, bit);
            with_routine(label, handle, is_write, &buffers[i]);
        }
        by_segments(label, handle, is_write, PAGE);
        by_segments(label, handle, is_write, ROOM);
        by_segments(label, handle, is_write, 100);
    }
    flush(label, handle);
}

static HANDLE temporary_file(DWORD flags)
{
    WCHAR folder[MAX_PATH], path[MAX_PATH];

    GetTempPathW(MAX_PATH, folder);
    GetTempFileNameW(folder, L"raw", 0, path);
    return CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                       flags | FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

static void named(const char *label, const WCHAR *name, DWORD access, DWORD flags)
{
    HANDLE handle = CreateFileW(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                OPEN_EXISTING, flags, NULL);

    if (handle == INVALID_HANDLE_VALUE) {
        printf("%s cannot be opened: %lu\n", label, GetLastError());
        return;
    }
    all_calls(label, handle);
    CloseHandle(handle);
}

static void files(void)
{
    static const DWORD flags[] = {0, FILE_FLAG_OVERLAPPED, FILE_FLAG_NO_BUFFERING,
                                  FILE_FLAG_OVERLAPPED | FILE_FLAG_NO_BUFFERING};
    char label[32];

    for (size_t i = 0; i < ARRAYSIZE(flags); i++) {
        HANDLE file = temporary_file(flags[i]);

        snprintf(label, sizeof(label), "file/%lx", flags[i]);
        all_calls(label, file);
        CloseHandle(file);
        snprintf(label, sizeof(label), "closed/%lx", flags[i]);
        all_calls(label, file);
    }
}

/* Nothing is read that was not written before: it would wait for ever. */
static void pipe(void)
{
    const struct buffer hundred = {"100", room, 100}, sixty = {"60", room, 60};
    HANDLE out, in;

    CreatePipe(&out, &in, NULL, 0);
    without_overlapped("pipe", in, TRUE, &hundred);
    without_overlapped("pipe", out, FALSE, &sixty);
    without_overlapped("pipe", out, FALSE, &sixty);
    without_overlapped("pipe", out, TRUE, &sixty);
    without_overlapped("pipe", in, FALSE, &sixty);
    flush("pipe", in);
    flush("pipe", out);
    CloseHandle(in);
    without_overlapped("broken pipe", out, FALSE, &sixty);
    CloseHandle(out);
}

static void standard_handles(void)
{
    const struct buffer nothing = {"0", room, 0};

    fflush(stdout);
    without_overlapped("standard error", GetStdHandle(STD_ERROR_HANDLE), TRUE, &nothing);
    flush("standard error", GetStdHandle(STD_ERROR_HANDLE));
    flush("standard input", GetStdHandle(STD_INPUT_HANDLE));
}

void pass_raw(void)
{
    const DWORD both = GENERIC_READ | GENERIC_WRITE;
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL);

    prepare();
    files();
    pipe();
    standard_handles();
    named("NUL", L"\\\\.\\NUL", both, 0);
    named("NUL overlapped", L"\\\\.\\NUL", both, FILE_FLAG_OVERLAPPED);
    named("zero", L"\\\\?\\unix\\dev\\zero", both, 0);
    named("read only", L"C:\\windows\\win.ini", GENERIC_READ, 0);
    named("directory", L"C:\\windows", GENERIC_READ, FILE_FLAG_BACKUP_SEMANTICS);
    named("Wine's drive 0", L"\\\\.\\PhysicalDrive0", both, 0);
    all_calls("event", event);
    all_calls("null", NULL);
    all_calls("invalid", INVALID_HANDLE_VALUE);
    CloseHandle(event);
}
