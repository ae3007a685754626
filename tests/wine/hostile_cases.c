/* Odd buffers: holes, guard pages, addresses that cannot be, absurd lengths, buffers that share
 * their bytes. Windows' answer, no command for what is refused, and not one byte too many. Source:
 * windows-behaviour 2.1 (the I/O manager's probes and its one copy of the input), 2.3 to 2.7
 * (lengths), 2.8 (exactly Information bytes go back). Plain bad pointers are in pointer_cases.c. */
#include "test.h"

#include <string.h>
#include <winioctl.h>

enum {
    PAGE = 0x1000,
    BYTES = 24, /* what the device returns */
    TWO_GIB = 0x80000000,
    PR_IN = IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
    PR_OUT = IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
    BREAK = IOCTL_STORAGE_BREAK_RESERVATION,
    RESERVE = IOCTL_STORAGE_RESERVE,
};

static const struct scripted_disk good = {.transferred = BYTES, .data = {[0 ... 127] = 0x5a}};

/* `count` pages, all preset, with nothing mapped before and after them. */
static BYTE *some_pages(int count)
{
    SIZE_T length = (SIZE_T)(count + 2) * PAGE;
    BYTE *start = VirtualAlloc(NULL, length, MEM_RESERVE, PAGE_NOACCESS);

    VirtualAlloc(start + PAGE, (SIZE_T)count * PAGE, MEM_COMMIT, PAGE_READWRITE);
    memset(start + PAGE, PRESET_BYTE, (SIZE_T)count * PAGE);
    return start + PAGE;
}

static void free_pages(BYTE *pages)
{
    VirtualFree(pages - PAGE, 0, MEM_RELEASE);
}

static void protect(void *page, DWORD protection)
{
    DWORD old;

    CHECK(VirtualProtect(page, PAGE, protection, &old));
}

/* One synchronous request; the error, or 0. What was refused was not sent and returned no number.
 */
static DWORD ask_with(DWORD code, const void *input, DWORD input_length, void *output,
                      DWORD output_length)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0);
    DWORD returned = PRESET_RETURNED, error = 0;
    struct scripted_disk state;

    disk_script(&good);
    if (!DeviceIoControl(disk, code, (void *)input, input_length, output, output_length, &returned,
                         NULL))
        error = GetLastError();
    state = disk_state();
    CHECK_EQUAL(state.commands, error == 0);
    CHECK_EQUAL(state.resets, error == 0 && code == BREAK);
    CHECK_EQUAL(returned, error ? PRESET_RETURNED : code == PR_IN ? BYTES : 0);
    CloseHandle(disk);
    return error;
}

static DWORD written_bytes(const BYTE *bytes, size_t length)
{
    DWORD written = 0;

    for (size_t i = 0; i < length; i++)
        written += bytes[i] != PRESET_BYTE;
    return written;
}

static void a_hole_in_a_buffer_is_refused_wherever_it_is(void)
{
    for (int hole = 0; hole < 3; hole++) {
        BYTE *pages = some_pages(3);

        CopyMemory(pages, pr_in_command(64), PR_IN_LENGTH);
        CHECK_EQUAL(ask_with(RESERVE, pages, 3 * PAGE, NULL, 0), 0);
        CHECK_EQUAL(ask_with(RESERVE, NULL, 0, pages, 3 * PAGE), 0);
        VirtualFree(pages + (size_t)hole * PAGE, PAGE, MEM_DECOMMIT);
        CHECK_EQUAL(ask_with(RESERVE, pages, 3 * PAGE, NULL, 0), ERROR_NOACCESS);
        CHECK_EQUAL(ask_with(RESERVE, NULL, 0, pages, 3 * PAGE), ERROR_NOACCESS);
        CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, pages, 3 * PAGE),
                    ERROR_NOACCESS);
        for (int page = 0; page < 3; page++)
            if (page != hole && page != 0)
                CHECK_EQUAL(written_bytes(pages + (size_t)page * PAGE, PAGE), 0);
        free_pages(pages);
    }
}

static void a_buffer_that_begins_one_byte_too_early_is_refused(void)
{
    BYTE *pages = some_pages(1);

    CHECK_EQUAL(ask_with(RESERVE, pages - 1, 2, NULL, 0), ERROR_NOACCESS);
    CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, pages - 1, 64), ERROR_NOACCESS);
    CHECK_EQUAL(written_bytes(pages, PAGE), 0);
    free_pages(pages);
}

static void the_last_byte_counts_and_no_further_one(void)
{
    BYTE *pages = some_pages(1), *end = pages + PAGE;

    CHECK_EQUAL(ask_with(RESERVE, end - 1, 1, NULL, 0), 0);
    CHECK_EQUAL(ask_with(RESERVE, end - 1, 2, NULL, 0), ERROR_NOACCESS);
    CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, end - 64, 64), 0);
    CHECK_EQUAL(written_bytes(pages, PAGE), BYTES);
    CHECK_EQUAL(written_bytes(end - 64, BYTES), BYTES);
    memset(pages, PRESET_BYTE, PAGE);
    CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, pages, 64), 0);
    CHECK_EQUAL(written_bytes(pages, BYTES), BYTES);
    CHECK_EQUAL(written_bytes(pages, PAGE), BYTES);
    free_pages(pages);
}

/* Touching it takes the guard off, whoever touches: the same request is served the second time. */
static void a_guard_page_refuses_once(void)
{
    BYTE *pages = some_pages(2);

    protect(pages + PAGE, PAGE_READWRITE | PAGE_GUARD);
    CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, pages + PAGE - 8, 64),
                ERROR_NOACCESS);
    CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, pages + PAGE - 8, 64), 0);
    CHECK_EQUAL(written_bytes(pages, 2 * PAGE), BYTES);
    protect(pages + PAGE, PAGE_READWRITE | PAGE_GUARD);
    CHECK_EQUAL(ask_with(RESERVE, pages + PAGE - 8, 64, NULL, 0), ERROR_NOACCESS);
    CHECK_EQUAL(ask_with(RESERVE, pages + PAGE - 8, 64, NULL, 0), 0);
    free_pages(pages);
}

/* What may be read is an input; what may be written an output, copied on write or not. */
static void the_protection_of_a_page_decides(void)
{
    static const struct {
        DWORD protection, input_error, output_error;
    } rows[] = {
        {PAGE_READONLY, 0, ERROR_NOACCESS},
        {PAGE_READWRITE, 0, 0},
        {PAGE_NOACCESS, ERROR_NOACCESS, ERROR_NOACCESS},
        {PAGE_EXECUTE_READ, 0, ERROR_NOACCESS},
        {PAGE_EXECUTE_READWRITE, 0, 0},
    };

    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        BYTE *pages = some_pages(1);

        CopyMemory(pages, pr_out_command(1, 5, 7), PR_OUT_LENGTH);
        protect(pages, rows[i].protection);
        CHECK_EQUAL(ask_with(PR_OUT, pages, PR_OUT_LENGTH, NULL, 0), rows[i].input_error);
        CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, pages, 64),
                    rows[i].output_error);
        free_pages(pages);
    }
}

static void a_page_that_is_copied_on_write_is_an_output(void)
{
    HANDLE section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_WRITECOPY, 0, PAGE, NULL);
    BYTE *view = MapViewOfFile(section, FILE_MAP_COPY, 0, 0, PAGE);

    CHECK(view != NULL);
    if (!view)
        return;
    CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, view, 64), 0);
    CHECK_EQUAL(view[0], 0x5a);
    CHECK_EQUAL(view[BYTES], 0);
    UnmapViewOfFile(view);
    CloseHandle(section);
}

/* The system's half, what no pointer can be (not canonical), the first page, the last byte. A
 * 32-bit program under a 64-bit Linux may have memory everywhere but at both ends. */
#define SHIFT(wide, narrow) (sizeof(void *) == 8 ? (wide) : (narrow))

static void addresses_that_no_program_has_are_refused(void)
{
    static const ULONG_PTR addresses[] = {
        1,
        0xffff,
        (ULONG_PTR)1 << SHIFT(47, 12),
        (ULONG_PTR)1 << SHIFT(63, 15),
        ~(ULONG_PTR)0 << SHIFT(47, 12),
        ~(ULONG_PTR)0,
    };

    for (size_t i = 0; i < ARRAYSIZE(addresses); i++) {
        void *address = (void *)addresses[i];

        CHECK_EQUAL(ask_with(RESERVE, address, 1, NULL, 0), ERROR_NOACCESS);
        CHECK_EQUAL(ask_with(RESERVE, NULL, 0, address, 1), ERROR_NOACCESS);
        CHECK_EQUAL(ask_with(PR_IN, address, PR_IN_LENGTH, NULL, 0), ERROR_NOACCESS);
        CHECK_EQUAL(ask_with(PR_IN, pr_in_command(64), PR_IN_LENGTH, address, 64), ERROR_NOACCESS);
        CHECK_EQUAL(ask_with(RESERVE, address, 0, address, 0), 0); /* of no length: not looked at */
    }
}

static void lengths_are_judged_as_windows_does(void)
{
    static const struct {
        DWORD code, input_length, output_length, error;
    } rows[] = {
        {PR_IN, 0, 64, ERROR_BAD_LENGTH},
        {PR_IN, 1, 64, ERROR_BAD_LENGTH},
        {PR_IN, 12, 0, ERROR_INVALID_PARAMETER},
        {PR_IN, 12, 1, ERROR_INVALID_PARAMETER},
        {PR_IN, TWO_GIB, 64, ERROR_NOACCESS},
        {PR_IN, 0xffffffff, 64, ERROR_NOACCESS},
        {PR_IN, 12, TWO_GIB, ERROR_NOACCESS},
        {PR_IN, 12, 0xffffffff, ERROR_NOACCESS},
        {PR_IN, 0, 0xffffffff, ERROR_NOACCESS},
        {PR_OUT, 0, 0, ERROR_BAD_LENGTH},
        {PR_OUT, 1, 0, ERROR_BAD_LENGTH},
        {PR_OUT, 36, 0xffffffff, ERROR_NOACCESS},
        {PR_OUT, TWO_GIB, 0, ERROR_NOACCESS},
        {BREAK, 0, 0, ERROR_INVALID_PARAMETER},
        {BREAK, 1, 0, ERROR_INVALID_PARAMETER},
        {BREAK, TWO_GIB, 0, ERROR_NOACCESS},
        {RESERVE, 0, 0, 0},
        {RESERVE, 1, 1, 0},
        {RESERVE, TWO_GIB, 0, ERROR_NOACCESS},
        {RESERVE, 0, 0xffffffff, ERROR_NOACCESS},
    };

    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        BYTE *input = some_pages(1), *output = some_pages(1);

        CopyMemory(input, rows[i].code == PR_OUT ? pr_out_command(1, 5, 7) : pr_in_command(64),
                   rows[i].code == PR_OUT ? PR_OUT_LENGTH : PR_IN_LENGTH);
        CHECK_EQUAL(
            ask_with(rows[i].code, input, rows[i].input_length, output, rows[i].output_length),
            rows[i].error);
        CHECK_EQUAL(written_bytes(output, PAGE), 0);
        free_pages(output);
        free_pages(input);
    }
}

/* All of it readable, and only its first 36 bytes needed. Windows would need 2 GiB of pool for its
 * copy, and says 1450 without; we copy what is looked at. A 32-bit program has room for a part. */
static void an_input_of_two_gib_is_no_more_than_its_beginning(void)
{
    const DWORD length = sizeof(void *) == 8 ? TWO_GIB : TWO_GIB / 4;
    BYTE *input = VirtualAlloc(NULL, length, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

    CHECK(input != NULL);
    if (!input)
        return;
    CopyMemory(input, pr_out_command(1, 5, 7), PR_OUT_LENGTH);
    CHECK_EQUAL(ask_with(PR_OUT, input, length, NULL, 0), ERROR_INVALID_PARAMETER); /* Size is 36 */
    *(DWORD *)(input + 4) = length;
    CHECK_EQUAL(ask_with(PR_OUT, input, length, NULL, 0), 0);
    VirtualFree(input, 0, MEM_RELEASE);
}

static void input_and_output_may_share_bytes(void)
{
    enum { ROOM = 512, INPUT_AT = 200, OUTPUT_ROOM = 64 };

    for (int distance = -OUTPUT_ROOM; distance <= PR_OUT_LENGTH; distance++) {
        BYTE bytes[ROOM], before[ROOM], *input = bytes + INPUT_AT, *output = input + distance;

        memset(bytes, PRESET_BYTE, sizeof(bytes));
        CopyMemory(input, pr_in_command(OUTPUT_ROOM), PR_IN_LENGTH);
        CopyMemory(before, bytes, ROOM);
        CHECK_EQUAL(ask_with(PR_IN, input, PR_IN_LENGTH, output, OUTPUT_ROOM), 0);
        CHECK_EQUAL(disk_state().cdb[8], OUTPUT_ROOM);
        memset(before + INPUT_AT + distance, 0x5a, BYTES);
        CHECK(memcmp(bytes, before, ROOM) == 0);

        memset(bytes, PRESET_BYTE, sizeof(bytes));
        CopyMemory(input, pr_out_command(1, 5, 7), PR_OUT_LENGTH);
        CopyMemory(before, bytes, ROOM);
        CHECK_EQUAL(ask_with(PR_OUT, input, PR_OUT_LENGTH, output, OUTPUT_ROOM), 0);
        CHECK(memcmp(disk_state().parameter_list, input + 10, 24) == 0);
        CHECK(memcmp(bytes, before, ROOM) == 0);
    }
}

const struct test_case hostile_cases[] = {
    TEST(a_hole_in_a_buffer_is_refused_wherever_it_is),
    TEST(a_buffer_that_begins_one_byte_too_early_is_refused),
    TEST(the_last_byte_counts_and_no_further_one),
    TEST(a_guard_page_refuses_once),
    TEST(the_protection_of_a_page_decides),
    TEST(a_page_that_is_copied_on_write_is_an_output),
    TEST(addresses_that_no_program_has_are_refused),
    TEST(lengths_are_judged_as_windows_does),
    TEST(an_input_of_two_gib_is_no_more_than_its_beginning),
    TEST(input_and_output_may_share_bytes),
    {NULL, NULL},
};
