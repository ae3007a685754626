/* What only a program itself can do to raw reads and writes: buffers with holes, events that are
 * none, handles that are closed and come again. Runs on a node, prints TAP; its exit code is the
 * number of failed cases. Source: windows-behaviour 2.1 and 2.8; ReadFile, WriteFile: the low bit
 * of hEvent. */
#include "raw_cases.h"

#include <stdio.h>
#include <string.h>

static const char disk_name[] = "\\\\.\\PhysicalDrive1";
static bool case_failed;

void check(long long seen, long long expected, const char *what, const char *file, int line)
{
    if (seen == expected)
        return;
    case_failed = true;
    printf("# %s:%d: %s is %lld (0x%llx), expected %lld\n", file, line, what, seen,
           (unsigned long long)seen, expected);
}

HANDLE open_disk(DWORD flags)
{
    return CreateFileA(disk_name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       NULL, OPEN_EXISTING, flags, NULL);
}

/* By good buffers. */
void put(uint32_t stamp)
{
    static _Alignas(PAGE) BYTE bytes[ROOM];
    OVERLAPPED place = {.Offset = PLACE};
    HANDLE disk = open_disk(0);
    DWORD written = 0;

    raw_pattern_fill(bytes, ROOM, stamp);
    CHECK_EQUAL(WriteFile(disk, bytes, ROOM, &written, &place), TRUE);
    CHECK_EQUAL(written, ROOM);
    CloseHandle(disk);
}

uint32_t get(void)
{
    static _Alignas(PAGE) BYTE bytes[ROOM];
    OVERLAPPED place = {.Offset = PLACE};
    HANDLE disk = open_disk(0);
    DWORD read = 0;

    CHECK_EQUAL(ReadFile(disk, bytes, ROOM, &read, &place), TRUE);
    CloseHandle(disk);
    return read == ROOM ? raw_pattern_stamp(bytes, ROOM) : RAW_NOTHING;
}

static const DWORD handle_flags[] = {0, FILE_FLAG_OVERLAPPED};

static void events_that_are_none(void)
{
    static _Alignas(PAGE) BYTE bytes[ROOM];
    HANDLE mutex = CreateMutexA(NULL, FALSE, NULL);
    const HANDLE events[] = {mutex, (HANDLE)(ULONG_PTR)0x7ffc, INVALID_HANDLE_VALUE};

    put(OLD);
    raw_pattern_fill(bytes, ROOM, NEW);
    for (size_t i = 0; i < ARRAYSIZE(events); i++)
        for (size_t j = 0; j < ARRAYSIZE(handle_flags); j++) {
            OVERLAPPED place = {.Offset = PLACE, .hEvent = events[i]};
            HANDLE disk = open_disk(handle_flags[j]);

            CHECK_EQUAL(WriteFile(disk, bytes, ROOM, NULL, &place), FALSE);
            CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
            CloseHandle(disk);
        }
    CHECK_EQUAL(get(), OLD);
    CloseHandle(mutex);
}

/* "No packet", and no part of the handle. */
static void the_low_bit_of_the_event(void)
{
    static _Alignas(PAGE) BYTE bytes[ROOM];
    HANDLE disk = open_disk(FILE_FLAG_OVERLAPPED), event = CreateEventA(NULL, TRUE, FALSE, NULL);
    HANDLE port = CreateIoCompletionPort(disk, NULL, 7, 0);

    for (ULONG_PTR bit = 0; bit < 2; bit++) {
        OVERLAPPED place = {.Offset = PLACE, .hEvent = (HANDLE)((ULONG_PTR)event | bit)};
        OVERLAPPED *which = NULL;
        ULONG_PTR key = 0;
        DWORD moved = 0;

        ResetEvent(event);
        CHECK_EQUAL(ReadFile(disk, bytes, ROOM, NULL, &place), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
        CHECK_EQUAL(WaitForSingleObject(event, 20 * 1000), WAIT_OBJECT_0);
        CHECK_EQUAL(GetQueuedCompletionStatus(port, &moved, &key, &which, 0), bit == 0);
        CHECK_EQUAL(which == &place, bit == 0);
        CHECK_EQUAL(key, bit == 0 ? 7 : 0);
    }
    CloseHandle(port);
    CloseHandle(event);
    CloseHandle(disk);
}

static HANDLE open_file(void)
{
    char folder[MAX_PATH], path[MAX_PATH];

    GetTempPathA(sizeof(folder), folder);
    GetTempFileNameA(folder, "raw", 0, path);
    return CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                       FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

/* What is known of a value ends with the handle. Wine hands out the lowest free value. */
static void values_that_come_again(void)
{
    static _Alignas(SECTOR) BYTE bytes[SECTOR];
    HANDLE handle = open_disk(0), first = handle;
    DWORD moved = 0;

    for (int i = 0; i < 3; i++) {
        CHECK_EQUAL(WriteFile(handle, bytes, 100, &moved, NULL), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
        CloseHandle(handle);
        CHECK_EQUAL(WriteFile(handle, bytes, SECTOR, &moved, NULL), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
        CHECK_EQUAL(ReadFile(handle, bytes, SECTOR, &moved, NULL), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
        CHECK_EQUAL(FlushFileBuffers(handle), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
        handle = open_file();
        CHECK_EQUAL(handle == first, true);
        CHECK_EQUAL(WriteFile(handle, bytes, 100, &moved, NULL), TRUE);
        CHECK_EQUAL(moved, 100);
        CloseHandle(handle);
        handle = open_disk(0);
        CHECK_EQUAL(handle == first, true);
    }
    CloseHandle(handle);
}

static const struct raw_case other_cases[] = {
    {"events_that_are_none", events_that_are_none},
    {"the_low_bit_of_the_event", the_low_bit_of_the_event},
    {"values_that_come_again", values_that_come_again},
    {NULL, NULL},
};

static int run_cases(const struct raw_case *cases)
{
    static int number;
    int failed = 0;

    for (; cases->name; cases++) {
        case_failed = false;
        cases->run();
        failed += case_failed;
        printf("%sok %d - %s\n", case_failed ? "not " : "", ++number, cases->name);
        fflush(stdout);
    }
    return failed;
}

int main(void)
{
    return run_cases(buffer_cases) + run_cases(other_cases);
}
