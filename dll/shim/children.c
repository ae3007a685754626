#include "children.h"

#include "holdfast.h"
#include "hook.h"
#include "load_into.h"
#include "other_bitness.h"
#include "system_program.h"
#include "trace.h"
#include <stdio.h>

enum {
    PATH_MAX_WIDE = 32768, /* Windows' own limit on any path */
    START_ATTEMPTS = 3,
};

static create_process_function original_create_process;
static WCHAR own_path[PATH_MAX_WIDE];

/* For `holdfast run`, which starts one program. */
static const char *problem_of_last_child;

#define NOT_INSTALLED                                                                        \
    "the Holdfast for programs of its bitness is not installed: i386-windows and i386-unix " \
    "belong "                                                                                \
    "beside x86_64-windows and x86_64-unix"
static const struct {
    DWORD error;
    const char *words;
} problems[] = {
    {ERROR_FILE_NOT_FOUND, NOT_INSTALLED},
    {ERROR_PATH_NOT_FOUND, NOT_INSTALLED},
    {ERROR_MOD_NOT_FOUND, NOT_INSTALLED},
    {ERROR_EXE_MACHINE_TYPE_MISMATCH, HOLDFAST_NO_32_BIT_WINE},
    {ERROR_BAD_EXE_FORMAT, HOLDFAST_NO_32_BIT_WINE},
    {ERROR_SERVICE_NOT_ACTIVE, "the Holdfast for programs of its bitness is not active: set "
                               "HOLDFAST_TRACE to a file, which will say why"},
    {ERROR_TIMEOUT, "holdfast-loader.exe did not come to an end"},
};

static const char *words_for(DWORD error)
{
    for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
        if (problems[i].error == error)
            return problems[i].words;
    return "the shim could not be loaded into it";
}

/* Returns a Windows error, or 0. */
static DWORD load(const PROCESS_INFORMATION *child)
{
    if (load_is_other_bitness(child->hProcess))
        return other_bitness_load(original_create_process, own_path, child);
    return load_into(child->hProcess, child->hThread, own_path) ? 0 : GetLastError();
}

/* The child runs in either case: whether a program may run without the shim is for the user to
 * say, and `holdfast run` asks. */
static void inject_child(const PROCESS_INFORMATION *child)
{
    const DWORD error = load(child);

    problem_of_last_child = error ? words_for(error) : NULL;
    if (error)
        trace_note(TRACE_ERROR, "child process %lu runs without Holdfast: %s (error %lu)",
                   child->dwProcessId, problem_of_last_child, error);
    else
        trace_note(TRACE_DEBUG, "child process %lu will carry Holdfast", child->dwProcessId);
}

/* Since Linux 6.9 the heap's place may keep Wine from mapping Windows' shared data in a new
 * process, once in some thousands of starts. The process then ends before anything of the program
 * has run (dlls/ntdll/unix/virtual.c virtual_alloc_first_teb), so it can be started again. */
static BOOL may_start_again(int attempt)
{
    return attempt < START_ATTEMPTS && GetLastError() == ERROR_INTERNAL_ERROR;
}

static BOOL WINAPI hooked_create_process(HANDLE token, const WCHAR *application,
                                         WCHAR *command_line, SECURITY_ATTRIBUTES *process_security,
                                         SECURITY_ATTRIBUTES *thread_security, BOOL inherit,
                                         DWORD flags, void *environment, const WCHAR *directory,
                                         STARTUPINFOW *startup, PROCESS_INFORMATION *information,
                                         HANDLE *new_token)
{
    DWORD last_error;

    for (int attempt = 1; !original_create_process(
             token, application, command_line, process_security, thread_security, inherit,
             flags | CREATE_SUSPENDED, environment, directory, startup, information, new_token);
         attempt++)
        if (!may_start_again(attempt))
            return FALSE;
    last_error = GetLastError();
    if (!system_program_is_helper(information->hProcess))
        inject_child(information);
    if (!(flags & CREATE_SUSPENDED))
        ResumeThread(information->hThread);
    SetLastError(last_error);
    return TRUE;
}

bool children_follow(HMODULE module)
{
    const struct hook_row row = {"CreateProcessInternalW", (void *)hooked_create_process,
                                 (void **)&original_create_process};

    return GetModuleFileNameW(module, own_path, PATH_MAX_WIDE) &&
           hook_take(hook_by_hot_patch, &row, 1);
}

const char *WINAPI holdfast_child_problem(void)
{
    return problem_of_last_child;
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
