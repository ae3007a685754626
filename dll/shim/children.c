#include "children.h"

#include "holdfast.h"
#include "hook.h"
#include "trace.h"

enum { INJECTION_TIMEOUT_MS = 30 * 1000 };

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

/* LoadLibraryW in a thread of its own there. In a process that has not run yet this thread is the
 * first and initialises it, so the program's own first instruction comes later. kernel32 lies at
 * the same address in every process of one bitness. */
static DWORD load_there(HANDLE process, void *path)
{
    HMODULE kernel32 = GetModuleHandleW(L"kernel32.dll");
    LPTHREAD_START_ROUTINE load =
        (LPTHREAD_START_ROUTINE)(void *)GetProcAddress(kernel32, "LoadLibraryW");
    HANDLE thread = CreateRemoteThread(process, NULL, 0, load, path, 0, NULL);
    DWORD module = 0, error = ERROR_SUCCESS;

    if (!thread)
        return GetLastError();
    if (WaitForSingleObject(thread, INJECTION_TIMEOUT_MS) != WAIT_OBJECT_0)
        error = ERROR_TIMEOUT;
    else if (!GetExitCodeThread(thread, &module))
        error = GetLastError();
    else if (!module)
        error = ERROR_MOD_NOT_FOUND;
    CloseHandle(thread);
    return error;
}

BOOL WINAPI holdfast_inject(HANDLE process)
{
    void *path;
    DWORD error;

    if (is_other_bitness(process)) {
        SetLastError(ERROR_BAD_EXE_FORMAT);
        return FALSE;
    }
    path = write_own_path(process);
    if (!path)
        return FALSE;
    error = load_there(process, path);
    /* After a timeout the thread may still read the path; better a page lost than pulled away. */
    if (error != ERROR_TIMEOUT)
        VirtualFreeEx(process, path, 0, MEM_RELEASE);
    SetLastError(error);
    return error == ERROR_SUCCESS;
}

/* The child runs in either case: whether a program may run without the shim is for the user to
 * say, and `holdfast run` asks. */
static void inject_child(const PROCESS_INFORMATION *child)
{
    if (!holdfast_inject(child->hProcess))
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
    original_create_process = (create_process_function)hook_by_hot_patch(
        "CreateProcessInternalW", (void *)hooked_create_process);
    if (!original_create_process)
        trace_note("children are not followed: this Wine's CreateProcessInternalW cannot be "
                   "hot-patched");
}
