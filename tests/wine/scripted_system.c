#include "scripted_system.h"

struct scripted_system scripted_system;

BOOL WINAPI scripted_device_io_control(HANDLE handle, DWORD code, void *input, DWORD input_length,
                                       void *output, DWORD output_length, DWORD *bytes_returned,
                                       OVERLAPPED *overlapped)
{
    scripted_system.calls++;
    scripted_system.handle = handle;
    scripted_system.code = code;
    scripted_system.input = input;
    scripted_system.input_length = input_length;
    scripted_system.output = output;
    scripted_system.output_length = output_length;
    scripted_system.bytes_returned = bytes_returned;
    scripted_system.overlapped = overlapped;
    if (bytes_returned)
        *bytes_returned = scripted_system.bytes;
    SetLastError(scripted_system.error);
    return scripted_system.result;
}
