/* What the suite uses of ntdll and of systems newer than the oldest one it runs on; found at run
 * time, once. */
#ifndef CONFORMANCE_SYSTEM_H
#define CONFORMANCE_SYSTEM_H

#include <windows.h>

struct system_calls {
    /* The NTSTATUS behind the last Win32 error of this thread. RtlNtStatusToDosError, through which
     * every failure of DeviceIoControl passes, keeps it. */
    LONG(WINAPI *last_status)(void);
    ULONG(WINAPI *status_to_error)(LONG status);
    const char *(__cdecl *wine_version)(void);                       /* NULL but on Wine */
    LONG(WINAPI *version)(OSVERSIONINFOW *version);                  /* RtlGetVersion */
    BOOL(WINAPI *cancel_io_ex)(HANDLE file, OVERLAPPED *overlapped); /* NULL before Windows Vista */
    BOOL(WINAPI *set_completion_modes)(HANDLE file, UCHAR modes);    /* NULL before Vista */
};

/* Safe to call from any thread, also the first time. */
const struct system_calls *system_calls(void);

#endif
