#include "device_io_control.h"

#include "complete.h"
#include "disk.h"
#include "system_buffer.h"
#include "trace.h"
#include "unix_side.h"

device_io_control_function original_device_io_control;

static void wait_for(void *context, uint32_t milliseconds)
{
    (void)context;
    if (milliseconds)
        Sleep(milliseconds);
}

static void run(struct disk *disk, struct reservation_plan *plan,
                struct reservation_outcome *outcome)
{
    const struct reservation_disk target = {
        .transport = &unix_side_transport,
        .handle = &disk->fd,
        .wait = wait_for,
        .timeout_ms = disk_timeout_ms(),
        .wants_ten_byte = disk->wants_ten_byte,
    };

    reservation_run(&target, plan, outcome);
}

/* One request on its way. */
struct call {
    struct reservation_request request;
    void *output; /* the caller's */
    struct system_buffer buffer;
    struct completion completion;
    struct disk disk;
    struct reservation_plan plan;
    struct reservation_outcome outcome;
};

/* True where the device decided, false where the request was refused before. Either way
 * `call->outcome` says how it ended and the caller's output buffer has what is due to it. */
static bool serve(struct call *call)
{
    struct reservation_request *request = &call->request;
    struct reservation_outcome *outcome = &call->outcome;
    struct system_buffer *buffer = &call->buffer;

    outcome->status = NT_STATUS_ACCESS_VIOLATION;
    if (!system_buffer_capture(buffer, request->input, &request->input_length, call->output,
                               &request->output_length))
        return false;
    request->input = buffer->input;
    outcome->status = reservation_prepare(request, &call->plan);
    if (outcome->status == NT_STATUS_ACCESS_DENIED)
        return false;
    complete_reset_event(&call->completion);
    if (outcome->status != NT_STATUS_PENDING)
        return false;
    outcome->status = NT_STATUS_INSUFFICIENT_RESOURCES;
    if (!system_buffer_reserve(buffer, call->plan.command.transfer_length))
        return false;
    call->plan.command.data = buffer->output;
    run(&call->disk, &call->plan, outcome);
    if (!system_buffer_copy_back(buffer, call->output, outcome->information)) {
        outcome->status = NT_STATUS_ACCESS_VIOLATION;
        outcome->information = 0;
    }
    system_buffer_free(buffer);
    return true;
}

/* A request with one of our codes on a disk that is open. */
static BOOL answer(struct call *call)
{
    struct trace_request trace;
    bool decided;

    call->request.granted_access = call->disk.granted_access;
    call->completion.is_overlapped_handle = call->disk.is_overlapped;
    trace_begin(&trace);
    complete_begin(&call->completion);
    decided = serve(call);
    trace_end(&trace, &call->disk, call->request.control_code, &call->plan, &call->outcome);
    disk_close(&call->disk);
    return decided ? complete_decided(&call->completion, call->outcome.status,
                                      call->outcome.information)
                   : complete_refused(&call->completion, call->outcome.status);
}

/* Apart from the hook, so that a foreign code does not pay for this frame. */
__attribute__((noinline)) static BOOL
reservation_call(HANDLE handle, DWORD control_code, void *input, DWORD input_length, void *output,
                 DWORD output_length, DWORD *bytes_returned, OVERLAPPED *overlapped)
{
    struct call call = {
        .request = {.control_code = control_code,
                    .input = input,
                    .input_length = input_length,
                    .output_length = output_length},
        .output = output,
        .completion = {.bytes_returned = bytes_returned,
                       .overlapped = overlapped,
                       .last_error = GetLastError()},
    };

    if (disk_open(handle, reservation_required_access(control_code), &call.disk))
        return answer(&call);
    SetLastError(call.completion.last_error);
    return original_device_io_control(handle, control_code, input, input_length, output,
                                      output_length, bytes_returned, overlapped);
}

BOOL WINAPI hooked_device_io_control(HANDLE handle, DWORD control_code, void *input,
                                     DWORD input_length, void *output, DWORD output_length,
                                     DWORD *bytes_returned, OVERLAPPED *overlapped)
{
    if (reservation_is_ours(control_code))
        return reservation_call(handle, control_code, input, input_length, output, output_length,
                                bytes_returned, overlapped);
    return original_device_io_control(handle, control_code, input, input_length, output,
                                      output_length, bytes_returned, overlapped);
}
