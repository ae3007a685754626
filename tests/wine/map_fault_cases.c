/* The map names a node that cannot be used: an error of the disk, and never Wine's answer.
 * Decision: differences.md, "Handles"; its errors are those of semantics 2. */
#include "map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winioctl.h>
#include <winternl.h>

/* What the administrator named and what cannot be used is an error, and never Wine's answer. */
static void what_cannot_be_opened_is_an_error_of_the_disk(void)
{
    static const struct {
        const char *path;
        DWORD error;
    } rows[] = {
        {"/dev/disk/by-id/wwn-0x0", ERROR_DEV_NOT_EXIST},
        {"/dev/null/sda", ERROR_DEV_NOT_EXIST},
        {"dev/sda", ERROR_DEV_NOT_EXIST},
        {"\\\\.\\PhysicalDrive1", ERROR_DEV_NOT_EXIST},
        {"", ERROR_DEV_NOT_EXIST},
        {"/dev/null", ERROR_INVALID_FUNCTION},
        {"/tmp", ERROR_INVALID_FUNCTION},
        {"/sys/kernel/uevent_seqnum", ERROR_ACCESS_DENIED}, /* to nobody for writing */
    };

    map_fresh_disks();
    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        HANDLE handle;

        map_to(MAPPED_VOLUME, rows[i].path);
        handle = map_open(MAPPED_VOLUME);
        CHECK_EQUAL(map_reserve(handle), rows[i].error);
        CHECK_EQUAL(map_pr_out(handle), rows[i].error);
        CloseHandle(handle);
    }
}

static void resets_of_what_cannot_be_opened_fail_alike(void)
{
    static const STORAGE_BREAK_RESERVATION_REQUEST all = {.Length = sizeof(all)};
    static const STORAGE_BUS_RESET_REQUEST bus = {.PathId = 0};
    HANDLE handle;
    DWORD returned;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, "/dev/disk/by-id/wwn-0x0");
    handle = map_open(MAPPED_VOLUME);
    CHECK(!DeviceIoControl(handle, IOCTL_STORAGE_BREAK_RESERVATION, (void *)&all, sizeof(all), NULL,
                           0, &returned, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_DEV_NOT_EXIST);
    CHECK(!DeviceIoControl(handle, IOCTL_STORAGE_RESET_BUS, (void *)&bus, sizeof(bus), NULL, 0,
                           &returned, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_DEV_NOT_EXIST);
    CloseHandle(handle);
}

static void a_value_that_is_no_path_is_an_error_too(void)
{
    static char longest[4096];
    const DWORD number = 1;
    WCHAR wide[MAP_ROOM];
    int length;

    map_fresh_disks();
    length = MultiByteToWideChar(CP_UTF8, 0, map_path("2"), -1, wide, MAP_ROOM);
    map_set(map_object_name(MAPPED_VOLUME), REG_BINARY, wide, (DWORD)length * 2);
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), ERROR_DEV_NOT_EXIST);
    memset(longest, '/', sizeof(longest) - 1);
    map_set(map_object_name(MAPPED_VOLUME), REG_DWORD, &number, sizeof(number));
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), ERROR_DEV_NOT_EXIST);
    map_to(MAPPED_VOLUME, longest);
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), ERROR_DEV_NOT_EXIST);
    longest[1100] = 0; /* longer than a path may be, and not than a value */
    map_to(MAPPED_VOLUME, longest);
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), ERROR_DEV_NOT_EXIST);
    map_nothing();
}

/* A request that is wrong in itself is refused as on a disk that is there. */
static void a_wrong_request_is_refused_before_the_disk_is_missed(void)
{
    HANDLE handle;
    BYTE command[PR_OUT_LENGTH];
    DWORD returned;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, "/dev/disk/by-id/wwn-0x0");
    handle = map_open(MAPPED_VOLUME);
    memcpy(command, pr_out_command(1, 5, 9), sizeof(command));
    command[9] = 15; /* a type that does not exist */
    CHECK(!DeviceIoControl(handle, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, command, sizeof(command),
                           NULL, 0, &returned, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CloseHandle(handle);
    handle = map_open_with(MAPPED_VOLUME, 0, 0);
    CHECK_EQUAL(map_reserve(handle), ERROR_ACCESS_DENIED);
    CloseHandle(handle);
}

/* A handle that has not come to its disk yet may still do so. */
static void a_disk_that_appears_later_is_found_by_the_same_handle(void)
{
    char from[MAP_ROOM + 2], to[MAP_ROOM + 2];
    HANDLE handle;

    map_fresh_disks();
    snprintf(from, sizeof(from), "Z:%s", map_path("3"));
    snprintf(to, sizeof(to), "Z:%s", map_path("late"));
    map_to(MAPPED_VOLUME, map_path("late"));
    handle = map_open(MAPPED_VOLUME);
    CHECK_EQUAL(map_reserve(handle), ERROR_DEV_NOT_EXIST);
    CHECK(CopyFileA(from, to, TRUE));
    CHECK_EQUAL(map_reserve(handle), 0);
    CHECK(DeleteFileA(to));
    CHECK_EQUAL(map_reserve(handle), 0); /* and keeps it */
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), ERROR_DEV_NOT_EXIST);
    CloseHandle(handle);
}

static bool trace_has(const char *words)
{
    static char text[256 * 1024];
    FILE *file = fopen(getenv("HOLDFAST_TRACE_WINDOWS_PATH"), "rb");
    size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

    if (file)
        fclose(file);
    text[length] = 0;
    return strstr(text, words) != NULL;
}

static void the_trace_says_which_path_and_what_to_do(void)
{
    char words[3 * MAP_ROOM];

    map_fresh_disks();
    map_to(MAPPED_VOLUME, "/dev/disk/by-id/wwn-0x5");
    map_reserve_by_name(MAPPED_VOLUME);
    snprintf(words, sizeof(words),
             "note=\"%s cannot be served: HKLM\\Software\\Holdfast\\Disks gives it "
             "'/dev/disk/by-id/wwn-0x5', errno=2: the disk is not there, or this is not its path\"",
             map_object_name(MAPPED_VOLUME));
    CHECK(trace_has(words));
    CHECK(trace_has("disk=none code=STORAGE_RESERVE"));
}

static void the_last_error_of_an_opening_is_left_alone(void)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    IO_STATUS_BLOCK io;
    HANDLE handle = NULL;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, "/dev/disk/by-id/wwn-0x0");
    RtlInitUnicodeString(&name, L"\\??\\C:");
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    SetLastError(PRESET_LAST_ERROR);
    CHECK_EQUAL(NtOpenFile(&handle, GENERIC_READ | SYNCHRONIZE, &attributes, &io,
                           FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_SYNCHRONOUS_IO_NONALERT),
                0);
    CHECK_EQUAL(GetLastError(), PRESET_LAST_ERROR);
    NtClose(handle);
}

const struct test_case map_fault_cases[] = {
    TEST(what_cannot_be_opened_is_an_error_of_the_disk),
    TEST(resets_of_what_cannot_be_opened_fail_alike),
    TEST(a_value_that_is_no_path_is_an_error_too),
    TEST(a_wrong_request_is_refused_before_the_disk_is_missed),
    TEST(a_disk_that_appears_later_is_found_by_the_same_handle),
    TEST(the_trace_says_which_path_and_what_to_do),
    TEST(the_last_error_of_an_opening_is_left_alone),
    {NULL, NULL},
};
