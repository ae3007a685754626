#include "disk.h"

#include "handle_table.h"
#include "handles.h"
#include "side.h"
#include "trace.h"
#include "trace_command.h"
#include <windows.h>

static void note_opened(const struct disk *disk)
{
    char name[DISK_NAME_MAX];

    disk_name(disk, name);
    trace_note(TRACE_DEBUG, "handle 0x%llx is disk %s (%s, access 0x%x)",
               (unsigned long long)disk->handle, name,
               disk->is_overlapped ? "overlapped" : "synchronous", disk->granted_access);
}

/* A disk that could not be opened is asked for again at the next request. */
static bool open_unknown(void *handle, struct disk *disk)
{
    const uint64_t ticket = handle_table_ticket((uintptr_t)handle);
    const enum side_answer answer = disk_side->open(handle, disk);

    if (answer != SIDE_DISK) {
        if (answer == SIDE_OTHER && handles_are_watched())
            handle_table_add_other((uintptr_t)handle, ticket);
        return false;
    }
    if (!disk->wants_ten_byte) { /* without memory */
        disk_side->close(disk->fd);
        return false;
    }
    disk->handle = (uintptr_t)handle;
    disk->is_kept = disk->fd >= 0 && handles_are_watched();
    if (disk->is_kept)
        disk->is_kept = handle_table_add(disk->handle, ticket, disk);
    if (trace_wants(TRACE_DEBUG))
        note_opened(disk);
    return true;
}

bool disk_open(void *handle, struct disk *disk)
{
    if (handle_table_acquire((uintptr_t)handle, disk))
        return true;
    return !handle_table_is_other((uintptr_t)handle) && open_unknown(handle, disk);
}

void disk_close(const struct disk *disk)
{
    int fd = disk->is_kept ? handle_table_release(disk->handle) : disk->fd;

    if (fd >= 0)
        disk_side->close(fd);
}

void disk_wait(void *context, uint32_t milliseconds)
{
    (void)context;
    if (milliseconds)
        Sleep(milliseconds);
}

struct reservation_disk disk_target(struct disk *disk)
{
    return (struct reservation_disk){
        .transport = trace_wants(TRACE_COMMAND) ? &trace_command_transport : disk_side->transport,
        .handle = disk,
        .wait = disk_wait,
        .timeout_ms = disk_timeout_ms(),
        .wants_ten_byte = disk->wants_ten_byte,
    };
}

void disk_name(const struct disk *disk, char name[DISK_NAME_MAX])
{
    disk_side->name_disk(disk, name);
}

typedef LSTATUS(WINAPI *reg_get_value)(HKEY, const WCHAR *, const WCHAR *, DWORD, DWORD *, void *,
                                       DWORD *);

/* The value, or 0 where there is none. By kernelbase's own door: advapi32 would be one more DLL in
 * every process. */
static uint32_t registry_timeout_seconds(void)
{
    reg_get_value get_value =
        (reg_get_value)(void *)GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), "RegGetValueW");
    DWORD seconds = 0, size = sizeof(seconds);

    if (get_value)
        get_value(HKEY_LOCAL_MACHINE, L"System\\CurrentControlSet\\Services\\Disk", L"TimeOutValue",
                  RRF_RT_REG_DWORD, NULL, &seconds, &size);
    return seconds;
}

/* Read once: Windows too reads it when the disk starts. Two threads may both read it, and find
 * the same. */
uint32_t disk_timeout_ms(void)
{
    static _Atomic uint32_t timeout_ms;
    uint32_t known = timeout_ms, seconds;

    if (known)
        return known;
    seconds = registry_timeout_seconds();
    if (seconds == 0 || seconds > UINT32_MAX / 1000)
        known = RESERVATION_TIMEOUT_MS;
    else
        known = seconds * 1000;
    timeout_ms = known;
    return known;
}
