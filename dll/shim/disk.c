#include "disk.h"

#include "disk_map.h"
#include "disk_memory.h"
#include "handle_table.h"
#include "handles.h"
#include "trace.h"
#include "trace_command.h"
#include "unix_side.h"
#include <stdio.h>
#include <windows.h>

enum {
    FILE_SYNCHRONOUS_IO = 0x10 | 0x20, /* _ALERT and _NONALERT */
    SG_MAJOR = 21,
    SD_PARTITIONS = 16,
    LETTERS = 26,
    NO_DESCRIPTOR = (int32_t)0xc00000cb, /* Wine's STATUS_BAD_DEVICE_TYPE */
};

/* Wine refuses a descriptor to who asks for more access than the handle has, so the access is found
 * out by asking. A handle without any still stands for the disk: then the refusal is ours to
 * report. */
static int32_t open_fd(void *handle, struct disk *disk)
{
    static const uint32_t accesses[] = {FILE_READ_DATA | FILE_WRITE_DATA, FILE_READ_DATA,
                                        FILE_WRITE_DATA, 0};
    unsigned int options = 0;

    for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        int32_t status = unix_side_handle_to_fd(handle, accesses[i], &disk->fd, &options);

        if (status == NT_STATUS_ACCESS_DENIED)
            continue;
        disk->granted_access = accesses[i];
        disk->is_overlapped = !(options & FILE_SYNCHRONOUS_IO);
        return status;
    }
    return NT_STATUS_ACCESS_DENIED;
}

bool disk_identify(struct disk *disk)
{
    const struct unix_side_identity identity = unix_side_identify(disk->fd);

    if (!identity.is_scsi_disk)
        return false;
    disk->sector_size = identity.sector_size;
    disk->first_sector = identity.first_sector;
    disk->is_generic = identity.is_generic;
    disk->device_major = identity.device_major;
    disk->device_minor = identity.device_minor;
    disk->wants_ten_byte =
        disk_memory_of(identity.device_major, identity.device_minor, identity.node);
    return true;
}

/* By Wine's descriptor, or by the map's where Wine says that there is none. *status is Wine's. */
static bool find(void *handle, struct disk *disk, int32_t *status)
{
    *status = open_fd(handle, disk);
    if (*status == NO_DESCRIPTOR)
        return disk_map_open(handle, disk);
    if (*status != NT_STATUS_SUCCESS)
        return false;
    if (disk_identify(disk))
        return true;
    unix_side_close(disk->fd);
    return false;
}

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
    int32_t status;

    if (!find(handle, disk, &status)) {
        if (status != NT_STATUS_INVALID_HANDLE && handles_are_watched())
            handle_table_add_other((uintptr_t)handle, ticket);
        return false;
    }
    if (!disk->wants_ten_byte) { /* without memory */
        unix_side_close(disk->fd);
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
        unix_side_close(fd);
}

static void wait_for(void *context, uint32_t milliseconds)
{
    (void)context;
    if (milliseconds)
        Sleep(milliseconds);
}

struct reservation_disk disk_target(struct disk *disk)
{
    return (struct reservation_disk){
        .transport = trace_wants(TRACE_COMMAND) ? &trace_command_transport : &unix_side_transport,
        .handle = disk,
        .wait = wait_for,
        .timeout_ms = disk_timeout_ms(),
        .wants_ten_byte = disk->wants_ten_byte,
    };
}

/* The 16 majors of sd, in the order of their disks: Linux drivers/scsi/sd.c sd_major. */
static const uint8_t sd_majors[] = {8,   65,  66,  67,  68,  69,  70,  71,
                                    128, 129, 130, 131, 132, 133, 134, 135};

static uint32_t sd_index(uint32_t device_major)
{
    for (uint32_t i = 0; i < sizeof(sd_majors); i++)
        if (sd_majors[i] == device_major)
            return i;
    return 0;
}

/* sda to sdz, sdaa, ...: bijective base 26, as the kernel counts. At most 256 disks have these
 * majors, so two letters are enough. */
static void sd_name(uint32_t index, uint32_t partition, char name[DISK_NAME_MAX])
{
    char letters[3] = {0};
    char number[4] = {0};

    if (index < LETTERS) {
        letters[0] = (char)('a' + index);
    } else {
        letters[0] = (char)('a' + index / LETTERS - 1);
        letters[1] = (char)('a' + index % LETTERS);
    }
    if (partition)
        snprintf(number, sizeof(number), "%u", partition);
    snprintf(name, DISK_NAME_MAX, "sd%s%s", letters, number);
}

void disk_name(const struct disk *disk, char name[DISK_NAME_MAX])
{
    if (disk->fd < 0)
        snprintf(name, DISK_NAME_MAX, "none");
    else if (disk->device_major == SG_MAJOR)
        snprintf(name, DISK_NAME_MAX, "sg%u", disk->device_minor);
    else
        sd_name(sd_index(disk->device_major) * 16 + (disk->device_minor & 0xff) / SD_PARTITIONS,
                disk->device_minor % SD_PARTITIONS, name);
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
