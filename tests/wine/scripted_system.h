/* A system that answers DeviceIoControl as it is told, and remembers how it was asked. */
#ifndef HOLDFAST_TESTS_WINE_SCRIPTED_SYSTEM_H
#define HOLDFAST_TESTS_WINE_SCRIPTED_SYSTEM_H

#include <stdbool.h>
#include <windows.h>

struct scripted_system {
    /* what it answers */
    BOOL result;
    DWORD error; /* becomes the last error */
    DWORD bytes; /* for the caller's count, where there is one */
    /* how often it was asked, and the last time how */
    int calls;
    HANDLE handle;
    DWORD code, input_length, output_length;
    void *input, *output;
    DWORD *bytes_returned;
    OVERLAPPED *overlapped;
};
extern struct scripted_system scripted_system;

BOOL WINAPI scripted_device_io_control(HANDLE handle, DWORD code, void *input, DWORD input_length,
                                       void *output, DWORD output_length, DWORD *bytes_returned,
                                       OVERLAPPED *overlapped);

/* The device behind pass-through takes its time: each NtDeviceIoControlFile of the shim's is
 * pending, and is done by another thread. `closes` is closed before that, where it is a handle. */
struct slow_device {
    bool is_slow;
    HANDLE closes;
    HANDLE caller;      /* the handle that no call may be made on */
    int calls, strange; /* strange: on that handle, without event, or with a routine or context */
};
extern struct slow_device slow_device;

#endif
