#include "system.h"

/* Every thread that comes here first writes the same. */
static struct system_calls calls;

/* A pointer to a function out of one to none; the two have the same size on Windows. */
#define FIND(module, member, name)                          \
    do {                                                    \
        const FARPROC found = GetProcAddress(module, name); \
        memcpy(&calls.member, &found, sizeof(found));       \
    } while (0)

const struct system_calls *system_calls(void)
{
    static volatile LONG done;
    HMODULE ntdll = GetModuleHandleA("ntdll.dll"), kernel32 = GetModuleHandleA("kernel32.dll");

    if (done)
        return &calls;
    FIND(ntdll, last_status, "RtlGetLastNtStatus");
    FIND(ntdll, status_to_error, "RtlNtStatusToDosError");
    FIND(ntdll, wine_version, "wine_get_version");
    FIND(ntdll, version, "RtlGetVersion");
    FIND(kernel32, cancel_io_ex, "CancelIoEx");
    FIND(kernel32, set_completion_modes, "SetFileCompletionNotificationModes");
    InterlockedExchange(&done, 1);
    return &calls;
}
