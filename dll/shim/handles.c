#include "handles.h"

#include "file_object.h"
#include "handle_table.h"
#include "hook.h"
#include "side.h"
#include "trace.h"
#include <winternl.h>

/* ntifs.h */
enum {
    FILE_COMPLETION_INFORMATION_CLASS = 30,
    FILE_REPLACE_COMPLETION_INFORMATION_CLASS = 61,
    OBJECT_HANDLE_FLAG_INFORMATION_CLASS = 4,
};

struct completion_information {
    HANDLE port;
    PVOID key;
};

NTSYSAPI NTSTATUS NTAPI NtDuplicateObject(HANDLE source_process, HANDLE source,
                                          HANDLE target_process, HANDLE *target, ACCESS_MASK access,
                                          ULONG attributes, ULONG options);

typedef NTSTATUS(NTAPI *close_function)(HANDLE);
typedef NTSTATUS(NTAPI *duplicate_function)(HANDLE, HANDLE, HANDLE, HANDLE *, ACCESS_MASK, ULONG,
                                            ULONG);
typedef NTSTATUS(NTAPI *set_function)(HANDLE, IO_STATUS_BLOCK *, void *, ULONG, int);
typedef NTSTATUS(NTAPI *create_function)(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *,
                                         IO_STATUS_BLOCK *, LARGE_INTEGER *, ULONG, ULONG, ULONG,
                                         ULONG, void *, ULONG);
typedef NTSTATUS(NTAPI *open_function)(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *,
                                       IO_STATUS_BLOCK *, ULONG, ULONG);

static close_function original_close = NtClose;
static duplicate_function original_duplicate = NtDuplicateObject;
static set_function original_set;
static create_function original_create;
static open_function original_open;
static bool watched;

static void begin_close(HANDLE handle)
{
    int fd = handle_table_begin_close((uintptr_t)handle);

    if (fd < 0)
        return;
    disk_side->close(fd);
    trace_note(TRACE_DEBUG, "handle 0x%llx of a disk is closed",
               (unsigned long long)(uintptr_t)handle);
}

static void end_close(HANDLE handle)
{
    handle_table_end_close((uintptr_t)handle);
}

/* A value that has just been given out: whatever was known of it was of another handle, whose end
 * was not seen because another process brought it about. */
static void begin_life(HANDLE handle)
{
    begin_close(handle);
    file_object_handle_closed(file_object_detach(handle));
    end_close(handle);
}

static NTSTATUS NTAPI watched_close(HANDLE handle)
{
    struct file_object *object;
    NTSTATUS status;

    begin_close(handle);
    object = file_object_detach(handle);
    status = original_close(handle);
    end_close(handle);
    if (NT_SUCCESS(status))
        file_object_handle_closed(object);
    else if (object)
        file_object_attach(handle, object);
    return status;
}

/* By the system call, which leaves the last error alone. */
static bool is_this_process(HANDLE process)
{
    PROCESS_BASIC_INFORMATION information;

    return process == GetCurrentProcess() ||
           (NT_SUCCESS(NtQueryInformationProcess(process, ProcessBasicInformation, &information,
                                                 sizeof(information), NULL)) &&
            information.UniqueProcessId == GetCurrentProcessId());
}

/* Such a handle is not closed, whoever asks. */
static bool is_protected(HANDLE handle)
{
    struct {
        BOOLEAN is_inherited, is_protected;
    } flags = {0};

    NtQueryObject(handle, (OBJECT_INFORMATION_CLASS)OBJECT_HANDLE_FLAG_INFORMATION_CLASS, &flags,
                  sizeof(flags), NULL);
    return flags.is_protected;
}

/* Whose `object` was taken from it before it was to be closed. */
static void settle_source(HANDLE source, bool lives, HANDLE target, struct file_object *object)
{
    if (lives)
        file_object_attach(source, object);
    if (lives && target)
        file_object_duplicate(source, target);
    else if (!lives && target)
        file_object_attach(target, object);
    else if (!lives)
        file_object_handle_closed(object);
}

/* The source is closed also where the rest fails. If it is another process', ours of the same value
 * is forgotten for a moment, which costs no more than to ask again. */
static NTSTATUS duplicate_and_close(HANDLE source_process, HANDLE source, HANDLE target_process,
                                    HANDLE *target, ACCESS_MASK access, ULONG attributes,
                                    ULONG options)
{
    const bool is_source_ours = is_this_process(source_process);
    const bool is_target_ours = target && is_this_process(target_process);
    struct file_object *object;
    bool lives, is_here;
    NTSTATUS status;

    begin_close(source);
    object = file_object_detach(source);
    lives = object && (!is_source_ours || is_protected(source));
    status = original_duplicate(source_process, source, target_process, target, access, attributes,
                                options);
    end_close(source);
    is_here = is_target_ours && NT_SUCCESS(status);
    if (is_here)
        begin_life(*target);
    if (object)
        settle_source(source, lives, is_here && is_source_ours ? *target : NULL, object);
    return status;
}

static NTSTATUS NTAPI watched_duplicate(HANDLE source_process, HANDLE source, HANDLE target_process,
                                        HANDLE *target, ACCESS_MASK access, ULONG attributes,
                                        ULONG options)
{
    NTSTATUS status;

    if (options & DUPLICATE_CLOSE_SOURCE)
        return duplicate_and_close(source_process, source, target_process, target, access,
                                   attributes, options);
    status = original_duplicate(source_process, source, target_process, target, access, attributes,
                                options);
    if (NT_SUCCESS(status) && target && is_this_process(target_process)) {
        begin_life(*target);
        if (is_this_process(source_process))
            file_object_duplicate(source, *target);
    }
    return status;
}

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

    begin_life(handle);
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
    {"NtClose", (void *)watched_close, (void **)&original_close},
    {"NtDuplicateObject", (void *)watched_duplicate, (void **)&original_duplicate},
    {"NtSetInformationFile", (void *)watched_set, (void **)&original_set},
    {"NtCreateFile", (void *)watched_create, (void **)&original_create},
    {"NtOpenFile", (void *)watched_open, (void **)&original_open},
};

bool handles_watch(void)
{
    watched = hook_take(hook_by_system_call_stub, watches, sizeof(watches) / sizeof(watches[0]));
    return watched;
}

bool handles_are_watched(void)
{
    return watched;
}

HANDLE handles_duplicate_private(HANDLE handle)
{
    HANDLE own = NULL;
    NTSTATUS status = original_duplicate(GetCurrentProcess(), handle, GetCurrentProcess(), &own, 0,
                                         0, DUPLICATE_SAME_ACCESS);

    return NT_SUCCESS(status) ? own : NULL;
}

void handles_close_private(HANDLE handle)
{
    original_close(handle);
}
