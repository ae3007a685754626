#include "disk_map.h"

#include "../unix/calls.h"
#include "handle_facts.h"
#include "handles.h"
#include "trace.h"
#include "unix_side.h"
#include <winternl.h>

NTSYSAPI NTSTATUS NTAPI NtOpenKey(HANDLE *key, ACCESS_MASK access, const OBJECT_ATTRIBUTES *name);
NTSYSAPI NTSTATUS NTAPI NtQueryValueKey(HANDLE key, const UNICODE_STRING *name, int class,
                                        void *information, ULONG length, ULONG *needed);

/* ntifs.h and wdm.h */
enum {
    KEY_VALUE_PARTIAL_INFORMATION_CLASS = 2,
    VALUE_TOO_LONG = (NTSTATUS)0x80000005, /* STATUS_BUFFER_OVERFLOW */
};

struct value {
    ULONG title, type, length; /* length: bytes of data */
    WCHAR data[HOLDFAST_PATH_MAX];
};

/* What the map says, for the trace in UTF-8. */
struct entry {
    char object[3 * HANDLE_NAME_MAX + 1];
    char path[HOLDFAST_PATH_MAX]; /* empty where the value cannot be one */
};

/* By ntdll's own doors: they load nothing, and leave the last error alone. 32-bit programs have the
 * same map. */
static bool query(const UNICODE_STRING *name, struct value *value, NTSTATUS *status)
{
    static const WCHAR key_name[] = L"\\Registry\\Machine\\Software\\Holdfast\\Disks";
    UNICODE_STRING path = {sizeof(key_name) - sizeof(WCHAR), sizeof(key_name), (WCHAR *)key_name};
    OBJECT_ATTRIBUTES attributes;
    HANDLE key;
    ULONG needed;

    InitializeObjectAttributes(&attributes, &path, OBJ_CASE_INSENSITIVE, NULL, NULL);
    if (!NT_SUCCESS(NtOpenKey(&key, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &attributes)))
        return false;
    *status = NtQueryValueKey(key, name, KEY_VALUE_PARTIAL_INFORMATION_CLASS, value, sizeof(*value),
                              &needed);
    handles_close_private(key);
    return *status == NT_STATUS_SUCCESS || *status == VALUE_TOO_LONG;
}

static void to_utf8(const WCHAR *wide, ULONG wide_size, char *utf8, ULONG size)
{
    const int length = WideCharToMultiByte(CP_UTF8, 0, wide, (int)(wide_size / sizeof(*wide)), utf8,
                                           (int)size - 1, NULL, NULL);

    utf8[length] = 0;
}

/* A value that is no path is the administrator's word nevertheless: then the path is empty, which
 * cannot be opened. */
static bool look_up(void *handle, struct entry *entry)
{
    struct handle_name name;
    struct value value;
    NTSTATUS status;

    if (!handle_name(handle, &name) || !query(&name.string, &value, &status))
        return false;
    to_utf8(name.string.Buffer, name.string.Length, entry->object, sizeof(entry->object));
    entry->path[0] = 0;
    if (NT_SUCCESS(status) && value.type == REG_SZ)
        to_utf8(value.data, value.length, entry->path, sizeof(entry->path));
    return true;
}

static void tell(const struct entry *entry, const struct disk *disk)
{
    static const char *const advice[] = {
        [SCSI_NOT_PERMITTED] = "this user needs access to the node: group disk or a udev rule",
        [SCSI_DEVICE_GONE] = "the disk is not there, or this is not its path",
        [SCSI_NOT_SUPPORTED] = "this is no SCSI disk; name its node in /dev/disk/by-id or /dev/sgN",
    };
    const char *what = disk->open_error < ARRAYSIZE(advice) ? advice[disk->open_error] : NULL;

    trace_note(TRACE_ERROR,
               "%s cannot be served: HKLM\\Software\\Holdfast\\Disks gives it '%s', errno=%d: %s",
               entry->object, entry->path, (int)disk->os_error,
               what ? what : "the node cannot be opened");
}

static void fail(struct disk *disk, int error, int32_t os_error)
{
    static _Atomic uint8_t no_memory; /* no command will be sent, in whatever form */

    disk->fd = -1;
    disk->open_error = (uint8_t)error;
    disk->os_error = os_error;
    disk->wants_ten_byte = &no_memory;
}

/* Reads and writes of such a handle are Wine's own: differences.md, "Handles". */
static void open_entry(const struct entry *entry, struct disk *disk)
{
    int error;
    int32_t os_error;

    disk->fd = unix_side_open(entry->path, disk->granted_access, &error, &os_error);
    if (disk->fd < 0) {
        fail(disk, error, os_error);
    } else if (!unix_disk_identify(disk)) {
        unix_side_close(disk->fd);
        fail(disk, SCSI_NOT_SUPPORTED, 0);
    }
    disk->sector_size = 0;
    if (disk->fd < 0)
        tell(entry, disk);
}

bool disk_map_open(void *handle, struct disk *disk)
{
    struct entry entry;

    if (!look_up(handle, &entry))
        return false;
    *disk = (struct disk){.granted_access = handle_granted_access(handle),
                          .is_overlapped = handle_is_overlapped(handle)};
    open_entry(&entry, disk);
    return true;
}
