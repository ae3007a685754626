#include "handle_life.h"

#include "file_object.h"
#include "handle_table.h"
#include "side.h"
#include "trace.h"

enum { OBJECT_HANDLE_FLAG_INFORMATION_CLASS = 4 }; /* ntifs.h */

NTSYSAPI NTSTATUS NTAPI NtDuplicateObject(HANDLE source_process, HANDLE source,
                                          HANDLE target_process, HANDLE *target, ACCESS_MASK access,
                                          ULONG attributes, ULONG options);

handle_close_function handle_life_original_close = NtClose;
handle_duplicate_function handle_life_original_duplicate = NtDuplicateObject;

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

void handle_life_begin(HANDLE handle)
{
    begin_close(handle);
    file_object_handle_closed(file_object_detach(handle));
    end_close(handle);
}

NTSTATUS NTAPI handle_life_close(HANDLE handle)
{
    struct file_object *object;
    NTSTATUS status;

    begin_close(handle);
    object = file_object_detach(handle);
    status = handle_life_original_close(handle);
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
    status = handle_life_original_duplicate(source_process, source, target_process, target, access,
                                            attributes, options);
    end_close(source);
    is_here = is_target_ours && NT_SUCCESS(status);
    if (is_here)
        handle_life_begin(*target);
    if (object)
        settle_source(source, lives, is_here && is_source_ours ? *target : NULL, object);
    return status;
}

NTSTATUS NTAPI handle_life_duplicate(HANDLE source_process, HANDLE source, HANDLE target_process,
                                     HANDLE *target, ACCESS_MASK access, ULONG attributes,
                                     ULONG options)
{
    NTSTATUS status;

    if (options & DUPLICATE_CLOSE_SOURCE)
        return duplicate_and_close(source_process, source, target_process, target, access,
                                   attributes, options);
    status = handle_life_original_duplicate(source_process, source, target_process, target, access,
                                            attributes, options);
    if (NT_SUCCESS(status) && target && is_this_process(target_process)) {
        handle_life_begin(*target);
        if (is_this_process(source_process))
            file_object_duplicate(source, *target);
    }
    return status;
}
