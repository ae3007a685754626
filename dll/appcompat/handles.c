/* What happens to handles, as far as the program's modules do it through kernel32. Other closes are
 * not seen, so nothing that must not outlive a handle is kept: its disk is asked for at each
 * request (handles_are_watched). What is kept, the port that it was bound to, ends where the value
 * is seen to be given out again. */
#include "replacements.h"

#include "../reservation/nt_status.h"
#include "../shim/handle_life.h"
#include "../shim/handles.h"

typedef BOOL(WINAPI *close_handle_function)(HANDLE);
typedef BOOL(WINAPI *duplicate_handle_function)(HANDLE, HANDLE, HANDLE, HANDLE *, DWORD, BOOL,
                                                DWORD);
typedef HANDLE(WINAPI *create_file_a_function)(const char *, DWORD, DWORD, SECURITY_ATTRIBUTES *,
                                               DWORD, DWORD, HANDLE);
typedef HANDLE(WINAPI *create_file_w_function)(const WCHAR *, DWORD, DWORD, SECURITY_ATTRIBUTES *,
                                               DWORD, DWORD, HANDLE);

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

static HANDLE opened(HANDLE handle)
{
    if (handle != INVALID_HANDLE_VALUE)
        handle_life_begin(handle);
    return handle;
}

static HANDLE WINAPI replaced_create_file_a(const char *name, DWORD access, DWORD sharing,
                                            SECURITY_ATTRIBUTES *security, DWORD disposition,
                                            DWORD flags, HANDLE template)
{
    const create_file_a_function next = (create_file_a_function)next_in_line(HOOKED_CREATE_FILE_A);

    return opened(next(name, access, sharing, security, disposition, flags, template));
}

static HANDLE WINAPI replaced_create_file_w(const WCHAR *name, DWORD access, DWORD sharing,
                                            SECURITY_ATTRIBUTES *security, DWORD disposition,
                                            DWORD flags, HANDLE template)
{
    const create_file_w_function next = (create_file_w_function)next_in_line(HOOKED_CREATE_FILE_W);

    return opened(next(name, access, sharing, security, disposition, flags, template));
}

bool handles_are_watched(void)
{
    return false;
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
    replacements[HOOKED_CREATE_FILE_A] = (void *)replaced_create_file_a;
    replacements[HOOKED_CREATE_FILE_W] = (void *)replaced_create_file_w;
}
