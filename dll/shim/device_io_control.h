/* The function that programs call in place of DeviceIoControl. */
#ifndef HOLDFAST_SHIM_DEVICE_IO_CONTROL_H
#define HOLDFAST_SHIM_DEVICE_IO_CONTROL_H

#include <windows.h>

typedef BOOL(WINAPI *device_io_control_function)(HANDLE, DWORD, void *, DWORD, void *, DWORD,
                                                 DWORD *, OVERLAPPED *);

/* Serves one call of DeviceIoControl, however it came here: answers the reservation control codes
 * on SCSI disks as Windows does, and hands every other call to `next` exactly as it came. `next` is
 * what the caller would have reached without us. Source: windows-behaviour 2.8 and 2.9. */
BOOL device_io_control_serve(device_io_control_function next, HANDLE handle, DWORD control_code,
                             void *input, DWORD input_length, void *output, DWORD output_length,
                             DWORD *bytes_returned, OVERLAPPED *overlapped);

/* Set by hook.c before the first call can come. */
extern device_io_control_function original_device_io_control;

/* What hook.c puts in the place of kernelbase's: serves with that as what is next. */
BOOL WINAPI hooked_device_io_control(HANDLE handle, DWORD control_code, void *input,
                                     DWORD input_length, void *output, DWORD output_length,
                                     DWORD *bytes_returned, OVERLAPPED *overlapped);

#endif
