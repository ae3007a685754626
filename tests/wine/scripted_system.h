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

#endif
