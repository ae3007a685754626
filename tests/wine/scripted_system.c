#include "scripted_system.h"

#include <winternl.h>

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

/* ---- The device behind pass-through ---- */

struct slow_device slow_device;

struct slow_call {
    HANDLE file, event;
    IO_STATUS_BLOCK *io;
    ULONG code;
    void *input;
    ULONG input_length;
    void *output;
    ULONG output_length;
};

NTSTATUS NTAPI __real_NtDeviceIoControlFile(HANDLE, HANDLE, PIO_APC_ROUTINE, void *,
                                            IO_STATUS_BLOCK *, ULONG, void *, ULONG, void *, ULONG);
NTSTATUS NTAPI __wrap_NtDeviceIoControlFile(HANDLE, HANDLE, PIO_APC_ROUTINE, void *,
                                            IO_STATUS_BLOCK *, ULONG, void *, ULONG, void *, ULONG);

static DWORD WINAPI be_slow(void *argument)
{
    struct slow_call *call = argument;
    HANDLE event = call->event;
    IO_STATUS_BLOCK io = {0};

    Sleep(20);
    if (slow_device.closes)
        CloseHandle(slow_device.closes);
    slow_device.closes = NULL;
    io.Status =
        __real_NtDeviceIoControlFile(call->file, NULL, NULL, NULL, &io, call->code, call->input,
                                     call->input_length, call->output, call->output_length);
    *call->io = io;
    HeapFree(GetProcessHeap(), 0, call);
    SetEvent(event);
    return 0;
}

NTSTATUS NTAPI __wrap_NtDeviceIoControlFile(HANDLE file, HANDLE event, PIO_APC_ROUTINE routine,
                                            void *context, IO_STATUS_BLOCK *io, ULONG code,
                                            void *input, ULONG input_length, void *output,
                                            ULONG output_length)
{
    struct slow_call *call;

    if (!slow_device.is_slow)
        return __real_NtDeviceIoControlFile(file, event, routine, context, io, code, input,
                                            input_length, output, output_length);
    slow_device.calls++;
    slow_device.strange += file == slow_device.caller || !event || routine || context;
    call = HeapAlloc(GetProcessHeap(), 0, sizeof(*call));
    *call = (struct slow_call){file, event, io, code, input, input_length, output, output_length};
    CloseHandle(CreateThread(NULL, 0, be_slow, call, 0, NULL));
    return 0x103; /* STATUS_PENDING */
}
