/* What happens to handles, as far as the program's modules do it through kernel32. Other closes are
 * not seen, so nothing that must not outlive a handle is kept: its disk is asked for at each
 * request (handles_are_watched). What is kept, the port that it was bound to, ends where the close
 * is seen, or where the system says that the value has no port (device_io_control.c). */
#include "replacements.h"

#include "../reservation/nt_status.h"
#include "../shim/handle_life.h"
#include "../shim/handles.h"

typedef BOOL(WINAPI *close_handle_function)(HANDLE);
typedef BOOL(WINAPI *duplicate_handle_function)(HANDLE, HANDLE, HANDLE, HANDLE *, DWORD, BOOL,
                                                DWORD);

NTSYSAPI NTSTATUS NTAPI NtDuplicateObject(HANDLE source_process, HANDLE source,
                                          HANDLE target_process, HANDLE *target, ACCESS_MASK access,
                                          ULONG attributes, ULONG options);

enum { FAILED = (NTSTATUS)0xc0000001 }; /* STATUS_UNSUCCESSFUL */

/* handle_life.c only asks whether it went well; the last error says the rest. */
static NTSTATUS status_of(BOOL is_done)
{
    return is_done ? NT_STATUS_SUCCESS : FAILED;
}

static NTSTATUS NTAPI close_by_next(HANDLE handle)
{
    const close_handle_function next = (close_handle_function)next_in_line(HOOKED_CLOSE_HANDLE);

    return status_of(next(handle));
}

/* `inherit` where the system call has the attributes. */
static NTSTATUS NTAPI duplicate_by_next(HANDLE source_process, HANDLE source, HANDLE target_process,
                                        HANDLE *target, ACCESS_MASK access, ULONG inherit,
                                        ULONG options)
{
    const duplicate_handle_function next =
        (duplicate_handle_function)next_in_line(HOOKED_DUPLICATE_HANDLE);

    return status_of(
        next(source_process, source, target_process, target, access, (BOOL)inherit, options));
}

static BOOL WINAPI replaced_close_handle(HANDLE handle)
{
    return NT_SUCCESS(handle_life_close(handle));
}

static BOOL WINAPI replaced_duplicate_handle(HANDLE source_process, HANDLE source,
                                             HANDLE target_process, HANDLE *target, DWORD access,
                                             BOOL inherit, DWORD options)
{
    return NT_SUCCESS(handle_life_duplicate(source_process, source, target_process, target, access,
                                            (ULONG)inherit, options));
}

bool handles_are_watched(void)
{
    return false;
}

bool handles_ends_are_heard(void)
{
    return true;
}

/* By the system itself: nobody in line is to hear of these. */
HANDLE handles_duplicate_private(HANDLE handle)
{
    HANDLE own = NULL;
    NTSTATUS status = NtDuplicateObject(GetCurrentProcess(), handle, GetCurrentProcess(), &own, 0,
                                        0, DUPLICATE_SAME_ACCESS);

    return NT_SUCCESS(status) ? own : NULL;
}

void handles_close_private(HANDLE handle)
{
    NtClose(handle);
}

void replace_handles(void *replacements[HOOKED_FUNCTIONS])
{
    handle_life_original_close = close_by_next;
    handle_life_original_duplicate = duplicate_by_next;
    replacements[HOOKED_CLOSE_HANDLE] = (void *)replaced_close_handle;
    replacements[HOOKED_DUPLICATE_HANDLE] = (void *)replaced_duplicate_handle;
}
