/* Bad pointers: FALSE with ERROR_NOACCESS, nothing sent, no crash.
 * Source: windows-behaviour 2.1, the I/O manager's probes. */
#include "test.h"

#include <winioctl.h>

enum { PAGE = 0x1000 };

static const struct scripted_disk good = {.transferred = 24};

/* Two pages, the second one with `protection`, or gone. */
static BYTE *two_pages(DWORD protection)
{
    BYTE *pages = VirtualAlloc(NULL, 2 * PAGE, MEM_RESERVE, PAGE_NOACCESS);

    VirtualAlloc(pages, PAGE, MEM_COMMIT, PAGE_READWRITE);
    if (protection)
        VirtualAlloc(pages + PAGE, PAGE, MEM_COMMIT, protection);
    return pages;
}

/* An address where nothing is. */
static void *unmapped(void)
{
    static void *pages;

    if (!pages)
        pages = VirtualAlloc(NULL, PAGE, MEM_RESERVE, PAGE_NOACCESS);
    return pages;
}

/* One request, and whether it was refused as unreadable or unwritable before anything was sent. */
static void check(DWORD code, const void *input, DWORD input_length, void *output,
                  DWORD output_length, BOOL refused)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0);
    DWORD returned = PRESET_RETURNED;
    BOOL result;

    disk_script(&good);
    result = DeviceIoControl(disk, code, (void *)input, input_length, output, output_length,
                             &returned, NULL);
    CHECK_EQUAL(result, !refused);
    if (refused) {
        CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
        CHECK_EQUAL(returned, PRESET_RETURNED);
    }
    CHECK_EQUAL(disk_state().commands, !refused);
    CloseHandle(disk);
}

static void an_unmapped_input_is_refused(void)
{
    check(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, unmapped(), PR_OUT_LENGTH, NULL, 0, TRUE);
}

/* The first thread's Linux stack ends in the last pages before Linux' own half, behind the
 * program's part: it is mapped, and yet it is nobody's but Linux'. */
static void what_is_mapped_beyond_the_programs_part_is_refused(void)
{
    const ULONG_PTR top = (ULONG_PTR)(sizeof(void *) == 8 ? 0x7fffffff0000 : 0xffff0000);

    for (ULONG_PTR address = top; address < top + 14 * PAGE; address += PAGE) {
        check(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, (void *)address, PR_OUT_LENGTH, NULL, 0, TRUE);
        check(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, (void *)address,
              64, TRUE);
    }
}

static void an_input_whose_tail_is_unmapped_is_refused(void)
{
    BYTE *pages = two_pages(0);
    BYTE *command = pages + PAGE - PR_OUT_LENGTH;

    CopyMemory(command, pr_out_command(1, 5, 1), PR_OUT_LENGTH);
    check(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, command, PR_OUT_LENGTH, NULL, 0, FALSE);
    check(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, command, PR_OUT_LENGTH + 1, NULL, 0, TRUE);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void an_unmapped_output_is_refused(void)
{
    check(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, unmapped(), 64,
          TRUE);
}

static void an_output_whose_tail_is_unmapped_is_refused(void)
{
    BYTE *pages = two_pages(0);

    check(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, pages + PAGE - 64,
          64, FALSE);
    check(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, pages + PAGE - 64,
          65, TRUE);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void a_read_only_output_is_refused(void)
{
    BYTE *pages = two_pages(PAGE_READONLY);

    check(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, pr_in_command(64), PR_IN_LENGTH, pages + PAGE, 64,
          TRUE);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void buffers_that_reserve_ignores_must_be_good_all_the_same(void)
{
    check(IOCTL_STORAGE_RESERVE, unmapped(), 4, NULL, 0, TRUE);
    check(IOCTL_STORAGE_RESERVE, NULL, 0, unmapped(), 4, TRUE);
}

static void a_null_pointer_makes_its_length_zero(void)
{
    check(IOCTL_STORAGE_RESERVE, NULL, 64, NULL, 64, FALSE);
}

static void a_length_that_wraps_around_the_address_space_is_refused(void)
{
    check(IOCTL_STORAGE_RESERVE, (void *)~(ULONG_PTR)15, 64, NULL, 0, TRUE);
    check(IOCTL_STORAGE_RESERVE, pr_in_command(64), 0xffffffff, NULL, 0, TRUE);
}

const struct test_case pointer_cases[] = {
    TEST(an_unmapped_input_is_refused),
    TEST(what_is_mapped_beyond_the_programs_part_is_refused),
    TEST(an_input_whose_tail_is_unmapped_is_refused),
    TEST(an_unmapped_output_is_refused),
    TEST(an_output_whose_tail_is_unmapped_is_refused),
    TEST(a_read_only_output_is_refused),
    TEST(buffers_that_reserve_ignores_must_be_good_all_the_same),
    TEST(a_null_pointer_makes_its_length_zero),
    TEST(a_length_that_wraps_around_the_address_space_is_refused),
    {NULL, NULL},
};
