/* Starts a program with the shim in it before its first instruction, and is as little in its way as
 * a process can be. */
#include "../command/commands.h"
#include "../command/errors.h"
#include "../command/output.h"
#include "command_line.h"
#include "handlers.h"
#include "program.h"
#include "shim.h"
#include "wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { LOAD_TIMEOUT_MS = 60 * 1000 };

/* Ctrl-C and Ctrl-Break go to every process of the console, so the program has its own; the
 * launcher stays to hand on the exit code. Not SetConsoleCtrlHandler(NULL, TRUE): that one is
 * inherited, and the program would be deaf too. */
static BOOL WINAPI ignore_break(DWORD event)
{
    return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
}

/* As the program would have been started without us: standard streams, window state and the C
 * run-time library's inherited descriptors (lpReserved2) are those given to the launcher. */
static void take_over_startup(STARTUPINFOW *startup)
{
    GetStartupInfoW(startup);
    startup->lpTitle = NULL;
    startup->dwFlags |= STARTF_USESTDHANDLES;
    startup->hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    startup->hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    startup->hStdError = GetStdHandle(STD_ERROR_HANDLE);
    const HANDLE streams[] = {startup->hStdInput, startup->hStdOutput, startup->hStdError};
    for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++)
        if (streams[i] && streams[i] != INVALID_HANDLE_VALUE)
            SetHandleInformation(streams[i], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
}

/* Whoever ends the launcher means the program. Its children are let out of the job, since they may
 * well be meant to outlive it. Without a job all else still works, so failures do not count. */
static void tie_to_launcher(HANDLE process)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    HANDLE job = CreateJobObjectW(NULL, NULL); /* closed by the launcher's end */
    if (job &&
        SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits)))
        AssignProcessToJobObject(job, process);
}

static const struct {
    DWORD error;
    const char *words;
} start_errors[] = {
    {ERROR_BAD_EXE_FORMAT, "is not a Windows program"},
    {ERROR_ACCESS_DENIED, "may not be started: access denied"},
    {ERROR_FILENAME_EXCED_RANGE, "could not be started: its command line is too long"},
    {740 /* ERROR_ELEVATION_REQUIRED */, "wants to be started as Administrator"},
};

/* Looked at beforehand, because Wine would start a Linux program, and gives no handle to it. Batch
 * files are left to cmd.exe, and a file that cannot be read to CreateProcessW and its error. */
static bool is_foreign(const wchar_t *path)
{
    char magic[2] = {0};
    DWORD bytes = 0;
    const wchar_t *extension = wcsrchr(path, L'.');
    if (extension && (!lstrcmpiW(extension, L".bat") || !lstrcmpiW(extension, L".cmd")))
        return false;
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    const bool read = ReadFile(file, magic, sizeof(magic), &bytes, NULL);
    CloseHandle(file);
    return read && (bytes < sizeof(magic) || magic[0] != 'M' || magic[1] != 'Z');
}

/* By what Wine 10's loader looks for; its own error for the lack of it is any number. */
static bool is_32_bit_on_64_bit_wine(const wchar_t *path)
{
    static const wchar_t ntdll[] = L"\\ntdll.dll";
    wchar_t name[MAX_PATH + sizeof(ntdll) / sizeof(ntdll[0])];
    DWORD type;

    if (!shim_wine_version() || !GetBinaryTypeW(path, &type) || type != SCS_32BIT_BINARY)
        return false;
    const UINT length = GetSystemWow64DirectoryW(name, MAX_PATH);
    if (!length || length >= MAX_PATH)
        return true;
    wcscpy(name + length, ntdll);
    return GetFileAttributesW(name) == INVALID_FILE_ATTRIBUTES;
}

static int explain_failed_start(const struct program *program, const char *name, DWORD error)
{
    if (is_32_bit_on_64_bit_wine(program->path)) {
        output_message("%s could not be started: %s", name, HOLDFAST_NO_32_BIT_WINE);
        return EXIT_NOT_STARTED;
    }
    for (size_t i = 0; i < sizeof(start_errors) / sizeof(start_errors[0]); i++) {
        if (start_errors[i].error == error) {
            output_message("%s %s", name, start_errors[i].words);
            return EXIT_NOT_STARTED;
        }
    }
    output_message("%s could not be started (Windows error %u)", name, (unsigned)error);
    return EXIT_NOT_STARTED;
}

/* What is known to be in the way of the shim before the program, which has been started, runs; or
 * NULL. */
static const char *obstacle(const struct shim *shim)
{
    if (!shim->serves || !shim->status.follows_children)
        return shim->problem;
    return shim->child_problem();
}

/* The event that the shim sets in the program's process; NULL where it cannot be made. */
static HANDLE loaded_event(const PROCESS_INFORMATION *process)
{
    wchar_t name[64];
    _snwprintf(name, sizeof(name) / sizeof(name[0]), HOLDFAST_LOADED_EVENT, process->dwProcessId);
    return CreateEventW(NULL, TRUE, FALSE, name);
}

/* Makes the process, suspended; the shim in this one sees to it that it will be loaded there.
 * Returns EXIT_DONE, or an exit code after having said why not. */
static int start(const struct program *program, const char *name, const struct shim *shim,
                 bool if_possible, PROCESS_INFORMATION *process)
{
    STARTUPINFOW startup;
    take_over_startup(&startup);
    if (!CreateProcessW(program->path, program->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                        NULL, NULL, &startup, process))
        return explain_failed_start(program, name, GetLastError());
    tie_to_launcher(process->hProcess);
    const char *problem = obstacle(shim);
    if (!problem)
        return EXIT_DONE;
    if (if_possible) {
        output_message("warning: %s runs without the shim: %s", name, problem);
        return EXIT_DONE;
    }
    TerminateProcess(process->hProcess, EXIT_NO_SHIM);
    output_message("%s was not started: %s", name, problem);
    return EXIT_NO_SHIM;
}

/* The shim is loaded before the program's entry point, so one of three things comes first: its
 * word, the end of a program that could not even start, or nothing for so long that something is
 * wrong. An unshimmed program is not let run. */
static bool wait_for_shim(HANDLE loaded, HANDLE process)
{
    const HANDLE objects[] = {loaded, process};
    return loaded && WaitForMultipleObjects(2, objects, FALSE, LOAD_TIMEOUT_MS) != WAIT_TIMEOUT;
}

static int run_to_end(const PROCESS_INFORMATION *process, const char *name, bool shimmed)
{
    HANDLE loaded = loaded_event(process);
    DWORD code = EXIT_OTHER;
    ResumeThread(process->hThread);
    if (shimmed && !wait_for_shim(loaded, process->hProcess)) {
        TerminateProcess(process->hProcess, EXIT_NO_SHIM);
        output_message("%s was ended: the shim was not loaded into it within %d s", name,
                       LOAD_TIMEOUT_MS / 1000);
    }
    WaitForSingleObject(process->hProcess, INFINITE);
    GetExitCodeProcess(process->hProcess, &code);
    if (loaded)
        CloseHandle(loaded);
    return (int)code;
}

/* Then raw writes are not fenced off. Who has not asked for that has to know. */
static bool falls_back(const struct shim *shim)
{
    return shim->serves && strcmp(shim->status.transport, "spti") == 0 &&
           !GetEnvironmentVariableW(L"HOLDFAST_TRANSPORT", NULL, 0);
}

static int run_program(const struct program *program, const char *name, bool if_possible)
{
    static struct shim shim;
    PROCESS_INFORMATION process = {0};

    if (!program->path) {
        output_message("'%s' was not found: give its path, or a name that is in PATH", name);
        return EXIT_NOT_FOUND;
    }
    if (is_foreign(program->path)) {
        output_message("%s is not a Windows program", name);
        return EXIT_NOT_STARTED;
    }
    if (!shim_load(&shim) && !if_possible) {
        output_message("%s was not started: %s", name, shim.problem);
        return EXIT_NO_SHIM;
    }
    if (falls_back(&shim))
        output_message("warning: %s", shim.problem);
    SetConsoleCtrlHandler(ignore_break, TRUE);
    int code = start(program, name, &shim, if_possible, &process);
    if (code == EXIT_DONE)
        code = run_to_end(&process, name, !obstacle(&shim));
    if (process.hProcess)
        CloseHandle(process.hProcess);
    if (process.hThread)
        CloseHandle(process.hThread);
    return code;
}

int command_run(const struct arguments *arguments)
{
    struct program program = {0};
    const wchar_t *line = command_line_find(GetCommandLineW(), arguments->program);
    const bool found = line && program_find(line, &program);
    char *name = found ? utf8_from_wide(program.name) : NULL;
    int code = EXIT_NO_SHIM;

    if (name)
        code = run_program(&program, name, arguments->if_possible);
    else
        output_message("out of memory");
    free(name);
    program_free(&program);
    return code;
}
