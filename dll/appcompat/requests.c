/* Requests, and what is asked about them while they are in flight: the shim's own functions, with
 * the next in line as their original. */
#include "replacements.h"

#include "../shim/device_io_control.h"
#include "../shim/overlapped_calls.h"

static BOOL WINAPI replaced_device_io_control(HANDLE handle, DWORD control_code, void *input,
                                              DWORD input_length, void *output, DWORD output_length,
                                              DWORD *bytes_returned, OVERLAPPED *overlapped)
{
    const device_io_control_function next =
        (device_io_control_function)next_in_line(HOOKED_DEVICE_IO_CONTROL);

    return device_io_control_serve(next, handle, control_code, input, input_length, output,
                                   output_length, bytes_returned, overlapped);
}

static BOOL WINAPI next_cancel(HANDLE file, OVERLAPPED *overlapped)
{
    const cancel_function next = (cancel_function)next_in_line(HOOKED_CANCEL_IO_EX);

    return next(file, overlapped);
}

static BOOL WINAPI next_get_result(HANDLE file, OVERLAPPED *overlapped, DWORD *transferred,
                                   BOOL wait)
{
    const get_result_function next =
        (get_result_function)next_in_line(HOOKED_GET_OVERLAPPED_RESULT);

    return next(file, overlapped, transferred, wait);
}

static BOOL WINAPI next_get_result_ex(HANDLE file, OVERLAPPED *overlapped, DWORD *transferred,
                                      DWORD milliseconds, BOOL alertable)
{
    const get_result_ex_function next =
        (get_result_ex_function)next_in_line(HOOKED_GET_OVERLAPPED_RESULT_EX);

    return next(file, overlapped, transferred, milliseconds, alertable);
}

/* In the order of overlapped_calls. */
static const struct {
    enum hooked_function function;
    void *next;
} about_requests[OVERLAPPED_CALLS] = {
    {HOOKED_CANCEL_IO_EX, (void *)next_cancel},
    {HOOKED_GET_OVERLAPPED_RESULT, (void *)next_get_result},
    {HOOKED_GET_OVERLAPPED_RESULT_EX, (void *)next_get_result_ex},
};

void replace_requests(void *replacements[HOOKED_FUNCTIONS])
{
    replacements[HOOKED_DEVICE_IO_CONTROL] = (void *)replaced_device_io_control;
    for (int i = 0; i < OVERLAPPED_CALLS; i++) {
        *overlapped_calls[i].original = about_requests[i].next;
        replacements[about_requests[i].function] = overlapped_calls[i].to;
    }
}
