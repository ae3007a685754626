/* The names by which a program may come to a disk, and the ways in which it may come to the handle.
 * Sources: CreateFile and "Naming Files, Paths, and Namespaces" in the SDK; wine-mechanics 2 for
 * those that only Wine has. */
#include "in_flight.h"
#include "inherited.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winioctl.h>
#include <winternl.h>

enum { NAME_ROOM = 300 };

/* A final star stands for the first disk's Unix path, with backslashes. The runner has made the
 * link dosdevices/e:: to it. */
static const char *const names[] = {
    "\\\\.\\PhysicalDrive1",
    "\\\\.\\PHYSICALDRIVE1",
    "\\\\.\\physicaldrive1",
    "\\\\?\\PhysicalDrive1",
    "//./PhysicalDrive1",
    "\\\\.\\PhysicalDrive1.",
    "\\??\\PhysicalDrive1",
    "\\\\.\\E:",
    "\\\\.\\e:",
    "\\\\?\\E:",
    "\\\\?\\unix*",
    "\\\\?\\UNIX*",
    "\\\\.\\unix*",
    "Z:*",
    "z:*",
    "\\\\?\\Z:*",
};

/* NtOpenFile's. */
static const WCHAR *const nt_names[] = {
    L"\\??\\PhysicalDrive1",
    L"\\??\\physicaldrive1",
    L"\\DosDevices\\PhysicalDrive1",
    L"\\??\\E:",
};

/* Windows documents that a trailing backslash names a root directory; drive numbers have no leading
 * zeros there; Wine 8 and 10 do not look for links behind GLOBALROOT. */
static const char *const other_names[] = {
    "\\\\.\\PhysicalDrive1\\",
    "\\\\?\\PhysicalDrive1\\",
    "\\\\.\\E:\\",
    "E:",
    "E:\\",
    "PhysicalDrive1",
    "\\\\.\\PhysicalDrive01",
    "\\\\.\\PhysicalDrive",
    "\\\\.\\GLOBALROOT\\??\\PhysicalDrive1",
    "\\\\?\\GLOBALROOT\\DosDevices\\PhysicalDrive1",
    "\\\\.\\Global\\PhysicalDrive1",
};

static const char *name_of(const char *pattern)
{
    static char name[NAME_ROOM];
    const int length = (int)strcspn(pattern, "*");

    snprintf(name, sizeof(name), "%.*s", length, pattern);
    if (!pattern[length])
        return name;
    snprintf(name + length, sizeof(name) - (size_t)length, "%s1", getenv("HOLDFAST_TEST_DISKS"));
    for (char *c = name + length; *c; c++)
        if (*c == '/')
            *c = '\\';
    return name;
}

static HANDLE open_name(const char *name)
{
    return CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, 0, NULL);
}

static HANDLE open_nt_name(const WCHAR *name)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING string;
    IO_STATUS_BLOCK io;
    HANDLE disk = NULL;

    RtlInitUnicodeString(&string, name);
    InitializeObjectAttributes(&attributes, &string, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(NtOpenFile(&disk, GENERIC_READ | GENERIC_WRITE | SYNCHRONIZE, &attributes, &io,
                           FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_SYNCHRONOUS_IO_NONALERT),
                0);
    return disk;
}

static void check_is_the_first_disk(HANDLE disk, const char *name)
{
    const uint32_t before = disk_state().commands;
    DWORD returned;
    BOOL done = DeviceIoControl(disk, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL);

    if (!done || disk_state().commands != before + 1)
        printf("# %s: %d, error %lu\n", name, done, GetLastError());
    CHECK(done);
    CHECK_EQUAL(disk_state().commands, before + 1);
}

static void every_name_of_a_disk_is_served(void)
{
    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(names); i++) {
        const char *name = name_of(names[i]);
        HANDLE disk = open_name(name);

        check_is_the_first_disk(disk, name);
        CloseHandle(disk);
    }
}

static void every_name_for_ntopenfile_is_served(void)
{
    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(nt_names); i++) {
        HANDLE disk = open_nt_name(nt_names[i]);

        check_is_the_first_disk(disk, "by NtOpenFile");
        NtClose(disk);
    }
}

static void duplicates_of_every_name_are_served(void)
{
    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(names); i++) {
        const char *name = name_of(names[i]);
        HANDLE disk = open_name(name), copy = copy_of(disk);

        CloseHandle(disk);
        check_is_the_first_disk(copy, name);
        CloseHandle(copy);
    }
}

/* One of each kind; a child takes its time to start. */
static void inherited_handles_are_served(void)
{
    static const char *const kinds[] = {"\\\\.\\PhysicalDrive1", "\\\\.\\E:", "\\\\?\\unix*",
                                        "Z:*"};

    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(kinds); i++) {
        HANDLE disk = open_name(name_of(kinds[i]));

        CHECK_EQUAL(reserve_in_child(disk), 0);
        CHECK_EQUAL(disk_state().commands, i + 1);
        CloseHandle(disk);
    }
}

static void other_names_are_no_disk_or_this_one(void)
{
    disk_script(&ready_disk);
    for (size_t i = 0; i < ARRAYSIZE(other_names); i++) {
        HANDLE disk = open_name(other_names[i]);

        if (disk == INVALID_HANDLE_VALUE)
            continue;
        check_is_the_first_disk(disk, other_names[i]);
        CloseHandle(disk);
    }
}

const struct test_case name_cases[] = {
    TEST(every_name_of_a_disk_is_served),      TEST(every_name_for_ntopenfile_is_served),
    TEST(duplicates_of_every_name_are_served), TEST(inherited_handles_are_served),
    TEST(other_names_are_no_disk_or_this_one), {NULL, NULL},
};
