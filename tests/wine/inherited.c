#include "inherited.h"

#include <stdio.h>
#include <stdlib.h>
#include <winioctl.h>

enum { NO_ANSWER = 0xbad };

int reserve_by_inherited(const char *handle)
{
    HANDLE disk = (HANDLE)(ULONG_PTR)strtoull(handle, NULL, 16);
    DWORD returned;

    if (!GetModuleHandleA("holdfast.dll"))
        return NO_ANSWER;
    return DeviceIoControl(disk, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, &returned, NULL)
               ? 0
               : (int)GetLastError();
}

DWORD reserve_in_child(HANDLE disk)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child = {0};
    char program[MAX_PATH], command_line[MAX_PATH + 64];
    HANDLE inherited = NULL;
    DWORD code = NO_ANSWER;

    CHECK(DuplicateHandle(GetCurrentProcess(), disk, GetCurrentProcess(), &inherited, 0, TRUE,
                          DUPLICATE_SAME_ACCESS));
    GetModuleFileNameA(NULL, program, MAX_PATH);
    snprintf(command_line, sizeof(command_line), "\"%s\" --child reserve %llx", program,
             (unsigned long long)(ULONG_PTR)inherited);
    CHECK(CreateProcessA(NULL, command_line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child));
    CloseHandle(inherited);
    CHECK_EQUAL(WaitForSingleObject(child.hProcess, patience_ms()), WAIT_OBJECT_0);
    GetExitCodeProcess(child.hProcess, &code);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    return code;
}
