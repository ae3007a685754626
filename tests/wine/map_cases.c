/* Handles of Wine's own disk devices, which the registry gives a Linux disk. There is no such map
 * in Windows: its rules are differences.md, "Handles"; what a request on such a handle does is as
 * for every disk. */
#include "in_flight.h"
#include "inherited.h"
#include "map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winioctl.h>
#include <winternl.h>

enum { KEY = 0x77, TAG = 64, ROUNDS = 300 };

/* Whatever Wine says of its own devices; no more than this is asked of them, see wine-mechanics 1
 * on what it answers when. */
static void check_is_wines(const char *name)
{
    CHECK(map_reserve_by_name(name) != 0);
    for (int i = 1; i <= SCRIPTED_DISKS; i++)
        CHECK_EQUAL(numbered_disk_state(i).commands, 0);
}

static void without_an_entry_a_device_stays_wines(void)
{
    map_fresh_disks();
    check_is_wines(MAPPED_VOLUME);
    check_is_wines(MAPPED_DRIVE_0);
    map_to(MAPPED_VOLUME, map_path("2"));
    check_is_wines(MAPPED_DRIVE_0);
    map_nothing();
    check_is_wines(MAPPED_VOLUME);
}

static void a_volume_in_the_map_is_its_disk_by_every_name(void)
{
    char guid[64] = "", root[80];

    map_fresh_disks();
    CHECK(GetVolumeNameForVolumeMountPointA("C:\\", guid, sizeof(guid)));
    guid[strlen(guid) - 1] = 0;
    snprintf(root, sizeof(root), "\\\\.\\GLOBALROOT%s", map_object_name(MAPPED_VOLUME));
    map_to(MAPPED_VOLUME, map_path("2"));
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), 0);
    CHECK_EQUAL(map_reserve_by_name("\\\\?\\c:"), 0);
    CHECK_EQUAL(map_reserve_by_name(guid), 0);
    CHECK_EQUAL(map_reserve_by_name(root), 0);
    CHECK_EQUAL(numbered_disk_state(2).commands, 4);
}

static void physical_drive_0_can_be_in_the_map(void)
{
    map_fresh_disks();
    map_to(MAPPED_DRIVE_0, map_path("3"));
    CHECK_EQUAL(map_reserve_by_name(MAPPED_DRIVE_0), 0);
    CHECK_EQUAL(map_reserve_by_name("\\\\.\\PHYSICALDRIVE0\\"),
                0); /* which Wine lets one say here */
    CHECK_EQUAL(numbered_disk_state(3).commands, 2);
}

static void names_in_the_map_are_compared_without_case(void)
{
    char object[MAP_ROOM];

    map_fresh_disks();
    snprintf(object, sizeof(object), "%s", map_object_name(MAPPED_VOLUME));
    map_set(_strupr(object), REG_SZ, map_path("2"), (DWORD)strlen(map_path("2")) + 1);
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), 0);
    CHECK_EQUAL(numbered_disk_state(2).commands, 1);
}

static void a_value_without_its_final_zero_is_read_to_its_end(void)
{
    map_fresh_disks();
    map_set(map_object_name(MAPPED_VOLUME), REG_SZ, map_path("2"), (DWORD)strlen(map_path("2")));
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), 0);
    CHECK_EQUAL(numbered_disk_state(2).commands, 1);
}

/* RESERVE wants read access, PERSISTENT RESERVE OUT both. */
static void a_handle_has_the_access_that_it_was_opened_with(void)
{
    static const struct {
        DWORD access, reserve, pr_out;
    } rows[] = {
        {0, ERROR_ACCESS_DENIED, ERROR_ACCESS_DENIED},
        {GENERIC_READ, 0, ERROR_ACCESS_DENIED},
        {GENERIC_WRITE, ERROR_ACCESS_DENIED, ERROR_ACCESS_DENIED},
        {GENERIC_READ | GENERIC_WRITE, 0, 0},
    };

    map_fresh_disks();
    map_to(MAPPED_VOLUME, map_path("2"));
    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        HANDLE handle = map_open_with(MAPPED_VOLUME, rows[i].access, 0);

        CHECK_EQUAL(map_reserve(handle), rows[i].reserve);
        CHECK_EQUAL(map_pr_out(handle), rows[i].pr_out);
        CloseHandle(handle);
    }
    CHECK_EQUAL(numbered_disk_state(2).commands, 3);
}

static void duplicates_and_inherited_handles_are_served(void)
{
    HANDLE handle, copy;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, map_path("2"));
    handle = map_open(MAPPED_VOLUME);
    copy = copy_of(handle);
    CHECK_EQUAL(reserve_in_child(handle), 0);
    CloseHandle(handle);
    CHECK_EQUAL(map_reserve(copy), 0);
    CloseHandle(copy);
    CHECK_EQUAL(numbered_disk_state(2).commands, 2);
}

/* The path is resolved when the handle is opened, and the handle keeps what it has found. */
static void a_handle_keeps_its_disk_when_the_map_changes(void)
{
    HANDLE handle;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, map_path("2"));
    handle = map_open(MAPPED_VOLUME);
    map_to(MAPPED_VOLUME, map_path("3"));
    CHECK_EQUAL(map_reserve(handle), 0);
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), 0);
    map_nothing();
    CHECK_EQUAL(map_reserve(handle), 0);
    CHECK_EQUAL(numbered_disk_state(2).commands, 2);
    CHECK_EQUAL(numbered_disk_state(3).commands, 1);
    CloseHandle(handle);
}

/* A value given out again is another handle. */
static void a_reused_value_is_not_the_mapped_disk(void)
{
    HANDLE first, second;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, map_path("2"));
    first = open_aside(open_first_disk);
    CloseHandle(first);
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), 0);
    map_nothing();
    second = map_open(MAPPED_VOLUME);
    CHECK(map_reserve(second) != 0);
    CloseHandle(second);
    CHECK_EQUAL(numbered_disk_state(2).commands, 1);
}

static void an_overlapped_handle_is_told_as_any_other(void)
{
    static struct in_flight request;
    HANDLE handle, port, event = new_event();

    map_fresh_disks();
    numbered_disk_script(2, &busy_disk);
    map_to(MAPPED_VOLUME, map_path("2"));
    handle = map_open_with(MAPPED_VOLUME, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
    port = tie(handle, NULL, KEY);
    start(&request, handle, event, TAG);
    check_pending(&request);
    disk_admit(2, ALL_COMMANDS);
    CHECK(gets_signalled(event));
    check_succeeded(&request);
    check_packet(port, KEY, &request);
    CloseHandle(handle);
    CloseHandle(port);
    CloseHandle(event);
}

/* Raw data are Wine's business, as without the map. */
static void reads_writes_and_flushes_stay_wines(void)
{
    static BYTE sector[512];
    HANDLE handle;
    DWORD moved, errors[2][3];

    map_fresh_disks();
    for (int i = 0; i < 2; i++) {
        handle = map_open(MAPPED_VOLUME);
        errors[i][0] = ReadFile(handle, sector, sizeof(sector), &moved, NULL) ? 0 : GetLastError();
        errors[i][1] = WriteFile(handle, sector, sizeof(sector), &moved, NULL) ? 0 : GetLastError();
        errors[i][2] = FlushFileBuffers(handle) ? 0 : GetLastError();
        CloseHandle(handle);
        map_to(MAPPED_VOLUME, map_path("2"));
    }
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(errors[1][i], errors[0][i]);
    CHECK(errors[0][1] != 0);
    CHECK_EQUAL(numbered_disk_state(2).commands, 0);
}

/* Linux gives out the lowest free descriptor. Each question costs one, which is not given back. */
static int next_descriptor(void)
{
    typedef LONG(CDECL * handle_to_fd)(HANDLE, unsigned int, int *, unsigned int *);
    handle_to_fd ask_wine = (handle_to_fd)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"),
                                                                 "wine_server_handle_to_fd");
    HANDLE file = disk_open(GENERIC_READ, 0);
    int fd = -1;

    CHECK_EQUAL(ask_wine(file, FILE_READ_DATA, &fd, NULL), 0);
    CloseHandle(file);
    return fd;
}

static void a_closed_handle_leaves_no_descriptor_behind(void)
{
    int before;

    map_fresh_disks();
    map_to(MAPPED_VOLUME, map_path("2"));
    CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), 0);
    before = next_descriptor();
    for (int i = 0; i < ROUNDS; i++) {
        map_to(MAPPED_VOLUME, i % 3 ? map_path("2") : "/dev/null");
        CHECK_EQUAL(map_reserve_by_name(MAPPED_VOLUME), i % 3 ? 0 : ERROR_INVALID_FUNCTION);
    }
    CHECK(next_descriptor() < before + ROUNDS / 4);
    map_nothing();
}

const struct test_case map_cases[] = {
    TEST(without_an_entry_a_device_stays_wines),
    TEST(a_volume_in_the_map_is_its_disk_by_every_name),
    TEST(physical_drive_0_can_be_in_the_map),
    TEST(names_in_the_map_are_compared_without_case),
    TEST(a_value_without_its_final_zero_is_read_to_its_end),
    TEST(a_handle_has_the_access_that_it_was_opened_with),
    TEST(duplicates_and_inherited_handles_are_served),
    TEST(a_handle_keeps_its_disk_when_the_map_changes),
    TEST(a_reused_value_is_not_the_mapped_disk),
    TEST(an_overlapped_handle_is_told_as_any_other),
    TEST(reads_writes_and_flushes_stay_wines),
    TEST(a_closed_handle_leaves_no_descriptor_behind),
    {NULL, NULL},
};
