#include "map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winioctl.h>
#include <winternl.h>

#define MAP "Software\\Holdfast\\Disks"

HANDLE map_open_with(const char *name, DWORD access, DWORD flags)
{
    HANDLE handle = CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                OPEN_EXISTING, flags, NULL);

    CHECK(handle != INVALID_HANDLE_VALUE);
    return handle;
}

HANDLE map_open(const char *name)
{
    return map_open_with(name, GENERIC_READ | GENERIC_WRITE, 0);
}

const char *map_object_name(const char *name)
{
    static char text[MAP_ROOM];
    struct {
        UNICODE_STRING string;
        WCHAR text[MAP_ROOM];
    } object = {0};
    HANDLE handle = map_open_with(name, 0, 0);
    ULONG length;

    CHECK_EQUAL(
        NtQueryObject(handle, (OBJECT_INFORMATION_CLASS)1, &object, sizeof(object), &length), 0);
    CloseHandle(handle);
    snprintf(text, sizeof(text), "%ls", object.string.Buffer);
    return text;
}

const char *map_path(const char *suffix)
{
    static char path[MAP_ROOM];

    snprintf(path, sizeof(path), "%s%s", getenv("HOLDFAST_TEST_DISKS"), suffix);
    return path;
}

void map_set(const char *object, DWORD type, const void *data, DWORD size)
{
    HKEY key = NULL;

    CHECK_EQUAL(RegCreateKeyExA(HKEY_LOCAL_MACHINE, MAP, 0, NULL, 0,
                                KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL),
                0);
    CHECK_EQUAL(RegSetValueExA(key, object, 0, type, data, size), 0);
    RegCloseKey(key);
}

void map_to(const char *name, const char *path)
{
    map_set(map_object_name(name), REG_SZ, path, (DWORD)strlen(path) + 1);
}

void map_nothing(void)
{
    RegDeleteKeyExA(HKEY_LOCAL_MACHINE, MAP, KEY_WOW64_64KEY, 0);
}

DWORD map_reserve(HANDLE handle)
{
    DWORD returned;

    return DeviceIoControl(handle, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL)
               ? 0
               : GetLastError();
}

DWORD map_reserve_by_name(const char *name)
{
    HANDLE handle = map_open(name);
    DWORD error = map_reserve(handle);

    CloseHandle(handle);
    return error;
}

/* The prefix is other tests' too. */
void map_fresh_disks(void)
{
    static bool will_be_cleared;

    if (!will_be_cleared)
        atexit(map_nothing);
    will_be_cleared = true;
    map_nothing();
    for (int i = 1; i <= SCRIPTED_DISKS; i++)
        numbered_disk_script(i, &ready_disk);
}

DWORD map_pr_out(HANDLE handle)
{
    DWORD returned;

    return DeviceIoControl(handle, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
                           (void *)pr_out_command(1, 5, 9), PR_OUT_LENGTH, NULL, 0, &returned, NULL)
               ? 0
               : GetLastError();
}
