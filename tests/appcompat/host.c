/* Starts a program with the engine in it, before its entry point, and ends as it does.
 *
 * usage: host PROGRAM [ARGUMENTS...] */
#include "../../dll/shim/load_into.h"

#include <stdio.h>

enum { HOST_PROBLEM = 96 };

/* What is behind the first word of our own command line. */
static WCHAR *command_line(void)
{
    WCHAR *at = GetCommandLineW();
    BOOL quoted = FALSE;

    for (; *at && (quoted || *at != ' '); at++)
        if (*at == '"')
            quoted = !quoted;
    while (*at == ' ')
        at++;
    return at;
}

/* The engine lies beside us. */
static BOOL engine_path(WCHAR path[MAX_PATH])
{
    static const WCHAR name[] = L"appcompat_engine.dll";
    DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);

    while (length && path[length - 1] != '\\')
        length--;
    if (!length || length + sizeof(name) / sizeof(name[0]) > MAX_PATH)
        return FALSE;
    lstrcpyW(path + length, name);
    return TRUE;
}

int main(void)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    WCHAR engine[MAX_PATH];
    DWORD code = HOST_PROBLEM;

    if (!engine_path(engine) || !CreateProcessW(NULL, command_line(), NULL, NULL, TRUE,
                                                CREATE_SUSPENDED, NULL, NULL, &startup, &child)) {
        fprintf(stderr, "host: the program cannot be started, error %lu\n", GetLastError());
        return HOST_PROBLEM;
    }
    if (!load_into(child.hProcess, child.hThread, engine)) {
        fprintf(stderr, "host: the engine cannot be loaded, error %lu\n", GetLastError());
        TerminateProcess(child.hProcess, HOST_PROBLEM);
    }
    ResumeThread(child.hThread);
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}
