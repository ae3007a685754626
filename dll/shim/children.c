#include "children.h"

#include "holdfast.h"
#include "hook.h"
#include "system_program.h"
#include "trace.h"
#include <stdio.h>

typedef BOOL(WINAPI *create_process_function)(HANDLE, const WCHAR *, WCHAR *, SECURITY_ATTRIBUTES *,
                                              SECURITY_ATTRIBUTES *, BOOL, DWORD, void *,
                                              const WCHAR *, STARTUPINFOW *, PROCESS_INFORMATION *,
                                              HANDLE *);

static create_process_function original_create_process;
static WCHAR own_path[MAX_PATH];

/* Copies our path into the other process, for its LoadLibraryW. */
static void *write_own_path(HANDLE process)
{
    SIZE_T size = ((SIZE_T)lstrlenW(own_path) + 1) * sizeof(WCHAR);
    void *copy = VirtualAllocEx(process, NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);

    if (copy && !WriteProcessMemory(process, copy, own_path, size, NULL)) {
        VirtualFreeEx(process, copy, 0, MEM_RELEASE);
        return NULL;
    }
    return copy;
}

/* A 32-bit program has its kernel32 elsewhere and could not load us anyway. */
static BOOL is_other_bitness(HANDLE process)
{
    BOOL own = FALSE, other = FALSE;

    return IsWow64Process(GetCurrentProcess(), &own) && IsWow64Process(process, &other) &&
           own != other;
}

/* LoadLibraryW as the first thing that the child's main thread does after the loader's own work and
 * before the entry point. On that thread and no other, because libraries remember on which thread
 * they were initialised. kernel32 lies at the same address in every process of one bitness. The
 * child keeps the page with the path. */
static BOOL load_into(const PROCESS_INFORMATION *child)
{
    HMODULE kernel32 = GetModuleHandleW(L"kernel32.dll");
    PAPCFUNC load = (PAPCFUNC)(void *)GetProcAddress(kernel32, "LoadLibraryW");
    void *path;

    if (is_other_bitness(child->hProcess)) {
        SetLastError(ERROR_BAD_EXE_FORMAT);
        return FALSE;
    }
    path = write_own_path(child->hProcess);
    return path && QueueUserAPC(load, child->hThread, (ULONG_PTR)path);
}

/* The child runs in either case: whether a program may run without the shim is for the user to
 * say, and `holdfast run` asks. */
static void inject_child(const PROCESS_INFORMATION *child)
{
    if (!load_into(child))
        trace_note("child process %lu runs without Holdfast: error %lu%s", child->dwProcessId,
                   GetLastError(),
                   GetLastError() == ERROR_BAD_EXE_FORMAT ? " (not a 64-bit program)" : "");
}

static BOOL WINAPI hooked_create_process(HANDLE token, const WCHAR *application,
                                         WCHAR *command_line, SECURITY_ATTRIBUTES *process_security,
                                         SECURITY_ATTRIBUTES *thread_security, BOOL inherit,
                                         DWORD flags, void *environment, const WCHAR *directory,
                                         STARTUPINFOW *startup, PROCESS_INFORMATION *information,
                                         HANDLE *new_token)
{
    DWORD last_error;

    if (!original_create_process(token, application, command_line, process_security,
                                 thread_security, inherit, flags | CREATE_SUSPENDED, environment,
                                 directory, startup, information, new_token))
        return FALSE;
    last_error = GetLastError();
    if (!system_program_is_helper(information->hProcess))
        inject_child(information);
    if (!(flags & CREATE_SUSPENDED))
        ResumeThread(information->hThread);
    SetLastError(last_error);
    return TRUE;
}

void children_follow(HMODULE module)
{
    DWORD length = GetModuleFileNameW(module, own_path, MAX_PATH);

    if (length == 0 || length == MAX_PATH) {
        trace_note("children are not followed: the path of holdfast.dll is too long");
        return;
    }
    if (!hook_by_hot_patch("CreateProcessInternalW", (void *)hooked_create_process,
                           (void **)&original_create_process))
        trace_note("children are not followed: this Wine's CreateProcessInternalW cannot be "
                   "hot-patched");
}

BOOL children_are_followed(void)
{
    return original_create_process != NULL;
}

void children_report_loaded(void)
{
    WCHAR name[64];
    HANDLE event;

    _snwprintf(name, sizeof(name) / sizeof(name[0]), HOLDFAST_LOADED_EVENT, GetCurrentProcessId());
    event = OpenEventW(EVENT_MODIFY_STATE, FALSE, name);
    if (!event)
        return;
    SetEvent(event);
    CloseHandle(event);
}
