#include "device_io_control.h"

#include "asynchronous.h"
#include "call.h"

device_io_control_function original_device_io_control;

static BOOL synchronous_call(const struct call_start *start)
{
    struct call call;
    int32_t status = call_admit(&call, start);

    if (status != NT_STATUS_PENDING) {
        call_close(&call);
        return complete_refused(&call.completion, status);
    }
    call_run(&call);
    call_copy_back(&call);
    call_close(&call);
    return complete_decided(&call.completion, call.outcome.status, call.outcome.information);
}

/* Apart from the hook, so that a foreign code does not pay for this frame. */
__attribute__((noinline)) BOOL
device_io_control_serve(device_io_control_function next, HANDLE handle, DWORD control_code,
                        void *input, DWORD input_length, void *output, DWORD output_length,
                        DWORD *bytes_returned, OVERLAPPED *overlapped)
{
    struct call_start start = {
        .request = {.control_code = control_code,
                    .input = input,
                    .input_length = input_length,
                    .output_length = output_length},
        .output = output,
        .completion = {.bytes_returned = bytes_returned,
                       .overlapped = overlapped,
                       .last_error = GetLastError()},
    };

    if (reservation_is_ours(control_code) && disk_open(handle, &start.disk))
        return start.disk.is_overlapped && overlapped ? asynchronous_call(&start)
                                                      : synchronous_call(&start);
    SetLastError(start.completion.last_error);
    return next(handle, control_code, input, input_length, output, output_length, bytes_returned,
                overlapped);
}

BOOL WINAPI hooked_device_io_control(HANDLE handle, DWORD control_code, void *input,
                                     DWORD input_length, void *output, DWORD output_length,
                                     DWORD *bytes_returned, OVERLAPPED *overlapped)
{
    if (reservation_is_ours(control_code))
        return device_io_control_serve(original_device_io_control, handle, control_code, input,
                                       input_length, output, output_length, bytes_returned,
                                       overlapped);
    return original_device_io_control(handle, control_code, input, input_length, output,
                                      output_length, bytes_returned, overlapped);
}
