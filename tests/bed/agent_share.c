#include "agent_share.h"

#include "raw_pattern.h"
#include <stdio.h>
#include <stdlib.h>

enum { SECTOR = 512, CHILD_WAIT_MS = 60 * 1000, CHILD_FAILED = 0xbad };

HANDLE agent_share_duplicate(HANDLE handle)
{
    HANDLE copy = NULL;

    DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    return copy;
}

HANDLE agent_share_give(HANDLE handle, DWORD process_id)
{
    HANDLE process = OpenProcess(PROCESS_DUP_HANDLE, FALSE, process_id), given = NULL;

    if (!process)
        return NULL;
    DuplicateHandle(GetCurrentProcess(), handle, process, &given, 0, FALSE, DUPLICATE_SAME_ACCESS);
    CloseHandle(process);
    return given;
}

static bool run_child(char *command, DWORD *exit_code)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    bool has_ended;

    if (!CreateProcessA(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child))
        return false;
    has_ended = WaitForSingleObject(child.hProcess, CHILD_WAIT_MS) == WAIT_OBJECT_0 &&
                GetExitCodeProcess(child.hProcess, exit_code);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    return has_ended;
}

bool agent_share_inherit(HANDLE handle, DWORD offset, DWORD stamp, DWORD *error)
{
    char program[MAX_PATH], command[2 * MAX_PATH];
    bool has_run;

    GetModuleFileNameA(NULL, program, sizeof(program));
    snprintf(command, sizeof(command), "\"%s\" %lx %lx %lx", program, (DWORD)(ULONG_PTR)handle,
             offset, stamp);
    SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    has_run = run_child(command, error);
    SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
    return has_run;
}

int agent_share_child(int argc, char **argv)
{
    _Alignas(SECTOR) static BYTE sector[SECTOR];
    OVERLAPPED place = {0};
    DWORD written = 0;
    HANDLE handle;

    if (argc != 4)
        return CHILD_FAILED;
    handle = (HANDLE)(ULONG_PTR)strtoul(argv[1], NULL, 16);
    place.Offset = strtoul(argv[2], NULL, 16);
    raw_pattern_fill(sector, SECTOR, strtoul(argv[3], NULL, 16));
    if (!WriteFile(handle, sector, SECTOR, &written, &place))
        return (int)GetLastError();
    return written == SECTOR ? 0 : CHILD_FAILED;
}

bool agent_share_map(HANDLE handle, DWORD length, DWORD *word)
{
    HANDLE section = CreateFileMappingA(handle, NULL, PAGE_READONLY, 0, length, NULL);
    const DWORD *view = section ? MapViewOfFile(section, FILE_MAP_READ, 0, 0, length) : NULL;
    const DWORD last_error = GetLastError();

    if (view) {
        *word = *view;
        UnmapViewOfFile(view);
    }
    if (section)
        CloseHandle(section);
    SetLastError(last_error);
    return view != NULL;
}
