/* Odd buffers of raw reads and writes: all of a buffer is looked at before any of it is moved, and
 * what is refused has no end of any kind. Source: windows-behaviour 2.1 (the I/O manager locks the
 * buffer's pages first). */
#include "raw_cases.h"

#include <string.h>

static const DWORD handle_flags[] = {0, FILE_FLAG_OVERLAPPED};

/* Three pages and nothing around them. */
static BYTE *some_pages(uint32_t stamp)
{
    BYTE *start = VirtualAlloc(NULL, ROOM + 2 * PAGE, MEM_RESERVE, PAGE_NOACCESS);

    VirtualAlloc(start + PAGE, ROOM, MEM_COMMIT, PAGE_READWRITE);
    if (stamp)
        raw_pattern_fill(start + PAGE, ROOM, stamp);
    else
        memset(start + PAGE, PRESET, ROOM);
    return start + PAGE;
}

static void free_pages(BYTE *pages)
{
    VirtualFree(pages - PAGE, 0, MEM_RELEASE);
}

static void protect(void *page, DWORD protection)
{
    DWORD old;

    VirtualProtect(page, PAGE, protection, &old);
}

/* The error, or 0; what was refused has no bytes, and the event of an overlapped request is not
 * set. */
static DWORD move_at(DWORD flags, bool is_write, void *buffer, DWORD length)
{
    OVERLAPPED place = {.Offset = PLACE, .hEvent = CreateEventA(NULL, TRUE, FALSE, NULL)};
    HANDLE disk = open_disk(flags);
    DWORD moved = 0, error = 0;
    BOOL result = is_write ? WriteFile(disk, buffer, length, &moved, &place)
                           : ReadFile(disk, buffer, length, &moved, &place);

    if (!result && GetLastError() == ERROR_IO_PENDING)
        result = GetOverlappedResult(disk, &place, &moved, TRUE);
    else if (!result)
        CHECK_EQUAL(WaitForSingleObject(place.hEvent, 0), WAIT_TIMEOUT);
    if (!result)
        error = GetLastError();
    CHECK_EQUAL(moved, error ? 0 : length);
    CloseHandle(place.hEvent);
    CloseHandle(disk);
    return error;
}

static bool is_preset(const BYTE *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != PRESET)
            return false;
    return true;
}

static void a_hole(int hole, DWORD flags, DWORD shift)
{
    const DWORD length = ROOM - PAGE;
    BYTE *pages = some_pages(NEW);

    put(OLD);
    VirtualFree(pages + (SIZE_T)hole * PAGE, PAGE, MEM_DECOMMIT);
    CHECK_EQUAL(move_at(flags, true, pages + shift, length), ERROR_NOACCESS);
    CHECK_EQUAL(get(), OLD);
    free_pages(pages);
    pages = some_pages(0);
    VirtualFree(pages + (SIZE_T)hole * PAGE, PAGE, MEM_DECOMMIT);
    CHECK_EQUAL(move_at(flags, false, pages + shift, length), ERROR_NOACCESS);
    for (int page = 0; page < 3; page++)
        if (page != hole)
            CHECK_EQUAL(is_preset(pages + (SIZE_T)page * PAGE, PAGE), true);
    free_pages(pages);
}

static void a_hole_in_a_buffer(void)
{
    for (size_t i = 0; i < ARRAYSIZE(handle_flags); i++)
        for (DWORD shift = 1; shift <= SECTOR; shift += SECTOR - 1)
            for (int hole = 0; hole < 3; hole++)
                a_hole(hole, handle_flags[i], shift);
    a_hole(0, 0, 0);
    a_hole(1, 0, 0);
}

/* Linux moves about 1 MiB at a time. */
static void a_hole_far_behind(void)
{
    enum { BEYOND = 2 * 1024 * 1024 };
    BYTE *bytes = VirtualAlloc(NULL, BEYOND, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

    for (size_t i = 0; i < ARRAYSIZE(handle_flags); i++)
        for (DWORD shift = 0; shift < 2; shift++) {
            put(OLD);
            VirtualAlloc(bytes, BEYOND, MEM_COMMIT, PAGE_READWRITE);
            memset(bytes, PRESET, BEYOND);
            VirtualFree(bytes + BEYOND - PAGE, PAGE, MEM_DECOMMIT);
            CHECK_EQUAL(move_at(handle_flags[i], true, bytes + shift, BEYOND - SECTOR),
                        ERROR_NOACCESS);
            CHECK_EQUAL(get(), OLD);
            CHECK_EQUAL(move_at(handle_flags[i], false, bytes + shift, BEYOND - SECTOR),
                        ERROR_NOACCESS);
            CHECK_EQUAL(is_preset(bytes, BEYOND - PAGE), true);
        }
    VirtualFree(bytes, 0, MEM_RELEASE);
}

/* Those of the middle are 0 in a 32-bit program. */
static void addresses_that_no_program_has(void)
{
    static const ULONG_PTR addresses[] = {
        1,
        0x1000,
        0xffff,
        (ULONG_PTR)0x0000800000000000,
        (ULONG_PTR)0xffff800000000000,
        (ULONG_PTR)1 << (sizeof(ULONG_PTR) * 8 - 1),
        ~(ULONG_PTR)0,
    };

    put(OLD);
    for (size_t i = 0; i < ARRAYSIZE(addresses); i++)
        for (size_t j = 0; j < ARRAYSIZE(handle_flags); j++)
            for (int is_write = 0; is_write < 2; is_write++)
                CHECK_EQUAL(move_at(handle_flags[j], is_write, (void *)addresses[i], SECTOR),
                            ERROR_NOACCESS);
    CHECK_EQUAL(get(), OLD);
}

static void a_buffer_that_ends_too_early(void)
{
    BYTE *pages = some_pages(0);

    CHECK_EQUAL(move_at(0, false, pages + ROOM - SECTOR, SECTOR), 0);
    CHECK_EQUAL(move_at(0, false, pages + ROOM - SECTOR + 1, SECTOR), ERROR_NOACCESS);
    CHECK_EQUAL(move_at(0, true, pages + ROOM - SECTOR + 1, SECTOR), ERROR_NOACCESS);
    CHECK_EQUAL(move_at(0, false, pages, 0x80000000), ERROR_NOACCESS);
    CHECK_EQUAL(move_at(0, true, pages, 0xfffffe00), ERROR_NOACCESS);
    free_pages(pages);
}

static void protections(void)
{
    static const struct {
        DWORD protection, write_error, read_error;
    } rows[] = {
        {PAGE_READONLY, 0, ERROR_NOACCESS},
        {PAGE_READWRITE, 0, 0},
        {PAGE_NOACCESS, ERROR_NOACCESS, ERROR_NOACCESS},
        {PAGE_EXECUTE_READ, 0, ERROR_NOACCESS},
        {PAGE_EXECUTE_READWRITE, 0, 0},
    };

    for (size_t i = 0; i < ARRAYSIZE(rows); i++)
        for (DWORD shift = 0; shift < 2; shift++)
            for (size_t j = 0; j < ARRAYSIZE(handle_flags); j++) {
                BYTE *pages = some_pages(OLD);

                protect(pages + PAGE, rows[i].protection);
                CHECK_EQUAL(move_at(handle_flags[j], true, pages + shift, ROOM - PAGE),
                            rows[i].write_error);
                CHECK_EQUAL(move_at(handle_flags[j], false, pages + shift, ROOM - PAGE),
                            rows[i].read_error);
                free_pages(pages);
            }
}

/* Touching it takes the guard off: the second time all is well. */
static void guard_pages(void)
{
    for (int is_write = 0; is_write < 2; is_write++)
        for (DWORD shift = 0; shift < 2; shift++) {
            BYTE *pages = some_pages(OLD);

            protect(pages + PAGE, PAGE_READWRITE | PAGE_GUARD);
            CHECK_EQUAL(move_at(0, is_write, pages + shift, ROOM - PAGE), ERROR_NOACCESS);
            CHECK_EQUAL(move_at(0, is_write, pages + shift, ROOM - PAGE), 0);
            free_pages(pages);
        }
}

static void a_page_that_is_copied_on_write(void)
{
    HANDLE section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_WRITECOPY, 0, PAGE, NULL);
    BYTE *view = MapViewOfFile(section, FILE_MAP_COPY, 0, 0, PAGE);

    put(OLD);
    CHECK_EQUAL(move_at(0, false, view, PAGE), 0);
    CHECK_EQUAL(raw_pattern_stamp(view, PAGE), OLD);
    CHECK_EQUAL(move_at(0, false, view + 1, SECTOR), 0);
    CHECK_EQUAL(raw_pattern_stamp(view + 1, SECTOR), OLD);
    UnmapViewOfFile(view);
    CloseHandle(section);
}

static void no_bytes_at_no_address(void)
{
    for (size_t i = 0; i < ARRAYSIZE(handle_flags); i++)
        for (int is_write = 0; is_write < 2; is_write++)
            CHECK_EQUAL(move_at(handle_flags[i], is_write, NULL, 0), 0);
}

static DWORD routine_calls;

static void CALLBACK routine(DWORD error, DWORD bytes, OVERLAPPED *overlapped)
{
    (void)error, (void)bytes, (void)overlapped;
    routine_calls++;
}

static void a_refused_request_calls_no_routine(void)
{
    OVERLAPPED place = {.Offset = PLACE};
    HANDLE disk = open_disk(FILE_FLAG_OVERLAPPED);

    CHECK_EQUAL(ReadFileEx(disk, (void *)1, SECTOR, &place, routine), FALSE);
    CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
    CHECK_EQUAL(WriteFileEx(disk, (void *)1, SECTOR, &place, routine), FALSE);
    CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
    SleepEx(0, TRUE);
    CHECK_EQUAL(routine_calls, 0);
    CloseHandle(disk);
}

/* One of three segments leads nowhere: nothing is moved. */
static void a_segment_that_leads_nowhere(void)
{
    for (int bad = 0; bad < 3; bad++) {
        OVERLAPPED place = {.Offset = PLACE, .hEvent = CreateEventA(NULL, TRUE, FALSE, NULL)};
        HANDLE disk = open_disk(FILE_FLAG_OVERLAPPED | FILE_FLAG_NO_BUFFERING);
        FILE_SEGMENT_ELEMENT segments[4] = {{0}};
        BYTE *pages = some_pages(NEW);

        put(OLD);
        for (int i = 0; i < 3; i++)
            segments[i].Buffer = i == bad ? pages + ROOM : pages + (SIZE_T)i * PAGE;
        CHECK_EQUAL(WriteFileGather(disk, segments, ROOM, NULL, &place), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
        CHECK_EQUAL(ReadFileScatter(disk, segments, ROOM, NULL, &place), FALSE);
        CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
        CHECK_EQUAL(raw_pattern_stamp(pages, ROOM), NEW);
        CHECK_EQUAL(get(), OLD);
        free_pages(pages);
        CloseHandle(place.hEvent);
        CloseHandle(disk);
    }
}

const struct raw_case buffer_cases[] = {
    {"a_hole_in_a_buffer", a_hole_in_a_buffer},
    {"a_hole_far_behind", a_hole_far_behind},
    {"addresses_that_no_program_has", addresses_that_no_program_has},
    {"a_buffer_that_ends_too_early", a_buffer_that_ends_too_early},
    {"protections", protections},
    {"guard_pages", guard_pages},
    {"a_page_that_is_copied_on_write", a_page_that_is_copied_on_write},
    {"no_bytes_at_no_address", no_bytes_at_no_address},
    {"a_refused_request_calls_no_routine", a_refused_request_calls_no_routine},
    {"a_segment_that_leads_nowhere", a_segment_that_leads_nowhere},
    {NULL, NULL},
};
