#include "handles.h"

#include "file_object.h"
#include "handle_life.h"
#include "handle_table.h"
#include "hook.h"
#include "side.h"

/* ntifs.h */
enum {
    FILE_COMPLETION_INFORMATION_CLASS = 30,
    FILE_REPLACE_COMPLETION_INFORMATION_CLASS = 61,
};

struct completion_information {
    HANDLE port;
    PVOID key;
};

typedef NTSTATUS(NTAPI *set_function)(HANDLE, IO_STATUS_BLOCK *, void *, ULONG, int);
typedef NTSTATUS(NTAPI *create_function)(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *,
                                         IO_STATUS_BLOCK *, LARGE_INTEGER *, ULONG, ULONG, ULONG,
                                         ULONG, void *, ULONG);
typedef NTSTATUS(NTAPI *open_function)(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *,
                                       IO_STATUS_BLOCK *, ULONG, ULONG);

static set_function original_set;
static create_function original_create;
static open_function original_open;
static bool watched;

static NTSTATUS NTAPI watched_set(HANDLE handle, IO_STATUS_BLOCK *io, void *information,
                                  ULONG length, int class)
{
    const bool binds = (class == FILE_COMPLETION_INFORMATION_CLASS ||
                        class == FILE_REPLACE_COMPLETION_INFORMATION_CLASS) &&
                       length >= sizeof(struct completion_information);
    NTSTATUS status = original_set(handle, io, information, length, class);

    if (binds && NT_SUCCESS(status)) {
        const struct completion_information *completion = information;

        file_object_bind(handle, completion->port, (ULONG_PTR)completion->key);
    }
    return status;
}

static bool is_letter(WCHAR c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* By far the most files that a program opens have a name as holdfast.dll has, and no disk has. */
static bool has_extension(const UNICODE_STRING *name)
{
    const size_t length = name ? name->Length / sizeof(WCHAR) : 0;
    const WCHAR *end = length >= 4 ? name->Buffer + length - 4 : NULL;

    return end && end[0] == '.' && is_letter(end[1]) && is_letter(end[2]) && is_letter(end[3]);
}

/* Where reads and writes are ours, a disk is asked about at once: from the first of them on it is
 * not cached, whoever inherits the handle. */
static void opened(HANDLE handle, const OBJECT_ATTRIBUTES *attributes, ULONG options)
{
    struct disk disk;

    handle_life_begin(handle);
    if (disk_side->moves_data && !(options & FILE_DIRECTORY_FILE) &&
        !has_extension(attributes->ObjectName) && disk_open(handle, &disk))
        disk_close(&disk);
}

static NTSTATUS NTAPI watched_create(HANDLE *handle, ACCESS_MASK access,
                                     OBJECT_ATTRIBUTES *attributes, IO_STATUS_BLOCK *io,
                                     LARGE_INTEGER *size, ULONG file_attributes, ULONG sharing,
                                     ULONG disposition, ULONG options, void *extended,
                                     ULONG extended_length)
{
    NTSTATUS status = original_create(handle, access, attributes, io, size, file_attributes,
                                      sharing, disposition, options, extended, extended_length);

    if (NT_SUCCESS(status))
        opened(*handle, attributes, options);
    return status;
}

static NTSTATUS NTAPI watched_open(HANDLE *handle, ACCESS_MASK access,
                                   OBJECT_ATTRIBUTES *attributes, IO_STATUS_BLOCK *io,
                                   ULONG sharing, ULONG options)
{
    NTSTATUS status = original_open(handle, access, attributes, io, sharing, options);

    if (NT_SUCCESS(status))
        opened(*handle, attributes, options);
    return status;
}

/* The ends first: nothing is remembered before all are watched. */
static const struct hook_row watches[] = {
    {"NtClose", (void *)handle_life_close, (void **)&handle_life_original_close},
    {"NtDuplicateObject", (void *)handle_life_duplicate, (void **)&handle_life_original_duplicate},
    {"NtSetInformationFile", (void *)watched_set, (void **)&original_set},
    {"NtCreateFile", (void *)watched_create, (void **)&original_create},
    {"NtOpenFile", (void *)watched_open, (void **)&original_open},
};

bool handles_watch(void)
{
    watched = hook_take(hook_by_system_call_stub, watches, sizeof(watches) / sizeof(watches[0]));
    return watched;
}

void handles_watch_no_more(void)
{
    watched = false;
}

bool handles_are_watched(void)
{
    return watched;
}

bool handles_ends_are_heard(void)
{
    return watched;
}

HANDLE handles_duplicate_private(HANDLE handle)
{
    HANDLE own = NULL;
    NTSTATUS status = handle_life_original_duplicate(
        GetCurrentProcess(), handle, GetCurrentProcess(), &own, 0, 0, DUPLICATE_SAME_ACCESS);

    return NT_SUCCESS(status) ? own : NULL;
}

void handles_close_private(HANDLE handle)
{
    handle_life_original_close(handle);
}
