#include "volumes.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <winioctl.h>

enum { EXTENTS_MAX = 64, LAYOUT_BYTES = 16 * 1024 };

static HANDLE open_path(const wchar_t *path, DWORD access)
{
    return CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                       NULL);
}

uint32_t disk_open_error(const wchar_t *disk_name)
{
    HANDLE disk = open_path(disk_name, GENERIC_READ | GENERIC_WRITE);

    if (disk == INVALID_HANDLE_VALUE)
        return GetLastError();
    CloseHandle(disk);
    return 0;
}

/* STORAGE_DEVICE_NUMBER is three numbers: type, number, partition. Some headers lack it. */
static bool disk_number(HANDLE disk, DWORD *number)
{
    enum { TYPE, NUMBER, PARTITION, NUMBERS };
    DWORD device[NUMBERS] = {0}, bytes = 0;

    if (!DeviceIoControl(disk, IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, device, sizeof(device),
                         &bytes, NULL) ||
        bytes < sizeof(device) || device[TYPE] != FILE_DEVICE_DISK)
        return false;
    *number = device[NUMBER];
    return true;
}

/* `volume` is "\\?\Volume{...}\" or "C:\": a device without its last backslash. A volume that does
 * not say where it lies lies on no disk (CD-ROM, network). */
static bool volume_is_on(const wchar_t *volume, DWORD number)
{
    VOLUME_DISK_EXTENTS answer[EXTENTS_MAX]; /* room for as many extents, and more */
    wchar_t path[MAX_PATH + 8];
    HANDLE handle;
    DWORD bytes = 0;
    BOOL answered;
    size_t length;

    _snwprintf(path, MAX_PATH + 7, volume[1] == L':' ? L"\\\\.\\%ls" : L"%ls", volume);
    path[MAX_PATH + 7] = 0;
    length = wcslen(path);
    if (length && path[length - 1] == L'\\')
        path[length - 1] = 0;
    handle = open_path(path, 0);
    if (handle == INVALID_HANDLE_VALUE)
        return false;
    answered = DeviceIoControl(handle, IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, NULL, 0, answer,
                               sizeof(answer), &bytes, NULL);
    CloseHandle(handle);
    if (!answered || bytes < sizeof(answer[0]))
        return false;
    for (DWORD i = 0; i < answer->NumberOfDiskExtents && i < EXTENTS_MAX; i++)
        if (answer->Extents[i].DiskNumber == number)
            return true;
    return false;
}

static bool system_is_on(DWORD number)
{
    wchar_t folder[MAX_PATH], volume[MAX_PATH];

    return GetSystemDirectoryW(folder, MAX_PATH) && GetVolumePathNameW(folder, volume, MAX_PATH) &&
           volume_is_on(volume, number);
}

static void name_volume(const wchar_t *volume, char *words, size_t size)
{
    wchar_t paths[MAX_PATH] = L"";
    DWORD length = 0;

    if (!GetVolumePathNamesForVolumeNameW(volume, paths, MAX_PATH, &length) || !paths[0])
        lstrcpynW(paths, volume, MAX_PATH);
    WideCharToMultiByte(CP_UTF8, 0, paths, -1, words, (int)size - 1, NULL, NULL);
    words[size - 1] = 0;
}

static enum volume_check find_volume(DWORD number, char *words, size_t size)
{
    wchar_t volume[MAX_PATH];
    HANDLE search = FindFirstVolumeW(volume, MAX_PATH);
    enum volume_check found = VOLUMES_NONE;

    if (search == INVALID_HANDLE_VALUE) {
        snprintf(words, size, "the system does not list its volumes (error %lu)", GetLastError());
        return VOLUMES_UNKNOWN;
    }
    do {
        if (volume_is_on(volume, number)) {
            name_volume(volume, words, size);
            found = VOLUMES_MOUNTED;
        }
    } while (found == VOLUMES_NONE && FindNextVolumeW(search, volume, MAX_PATH));
    FindVolumeClose(search);
    return found;
}

/* DRIVE_LAYOUT_INFORMATION_EX, which some headers lack: its count at 4, entries from 48 on, and in
 * an entry its style at 0 and an MBR partition's type at 32. An MBR layout always has four entries;
 * those of type 0 are unused. */
static bool has_partitions(HANDLE disk)
{
    enum { COUNT_AT = 4, ENTRIES_AT = 48, ENTRY_SIZE = 144, TYPE_AT = 32 };
    enum { STYLE_MBR = 0, STYLE_GPT = 1 };
    uint8_t layout[LAYOUT_BYTES];
    DWORD bytes = 0, count;

    if (!DeviceIoControl(disk, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, layout, sizeof(layout),
                         &bytes, NULL))
        return GetLastError() == ERROR_INSUFFICIENT_BUFFER || GetLastError() == ERROR_MORE_DATA;
    if (bytes < ENTRIES_AT)
        return false;
    memcpy(&count, layout + COUNT_AT, sizeof(count));
    for (DWORD i = 0; i < count && ENTRIES_AT + (i + 1) * ENTRY_SIZE <= bytes; i++) {
        const uint8_t *entry = layout + ENTRIES_AT + (size_t)i * ENTRY_SIZE;
        if (entry[0] == STYLE_GPT || (entry[0] == STYLE_MBR && entry[TYPE_AT] != 0))
            return true;
    }
    return false;
}

enum volume_check volumes_of_disk(const wchar_t *disk_name, char *words, size_t size)
{
    HANDLE disk = open_path(disk_name, GENERIC_READ);
    enum volume_check found;
    DWORD number;

    if (disk == INVALID_HANDLE_VALUE) {
        snprintf(words, size, "the disk cannot be opened (error %lu)", GetLastError());
        return VOLUMES_UNKNOWN;
    }
    if (!disk_number(disk, &number)) {
        snprintf(words, size, "the system does not say which disk this is");
        found = VOLUMES_UNKNOWN;
    } else if (system_is_on(number)) {
        snprintf(words, size, "the system");
        found = VOLUMES_SYSTEM;
    } else {
        found = find_volume(number, words, size);
    }
    if (found == VOLUMES_NONE && has_partitions(disk)) {
        snprintf(words, size, "partitions");
        found = VOLUMES_PARTITIONS;
    }
    CloseHandle(disk);
    return found;
}
