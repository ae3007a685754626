#include "device_io_control.h"

#include "asynchronous.h"
#include "call.h"
#include "file_object.h"
#include "handle_facts.h"
#include "handles.h"
#include "side.h"

device_io_control_function original_device_io_control;

/* What the caller said. */
struct io_control {
    HANDLE handle;
    DWORD code;
    void *input;
    DWORD input_length;
    void *output;
    DWORD output_length;
    DWORD *bytes_returned;
    OVERLAPPED *overlapped;
};

static BOOL call_next(device_io_control_function next, const struct io_control *request)
{
    return next(request->handle, request->code, request->input, request->input_length,
                request->output, request->output_length, request->bytes_returned,
                request->overlapped);
}

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

/* A packet can be queued only to a port that we have seen being bound. Where handles are not
 * watched a request on a bound handle is none of ours, or its caller would wait for ever. */
static bool would_lose_packet(const struct call_start *start, HANDLE handle)
{
    const OVERLAPPED *overlapped = start->completion.overlapped;
    bool has_port;

    if (handles_are_watched() || !start->disk.is_overlapped || !overlapped ||
        !completion_wants_packet(overlapped))
        return false;
    has_port = handle_has_port(handle);
    if (file_object_is_bound(handle)) {
        if (!has_port) /* it was another file's, whose end was not seen */
            file_object_bind(handle, NULL, 0);
        return false;
    }
    if (has_port)
        trace_note(TRACE_ERROR, "a request on a handle that is bound to a completion port is left "
                                "to the system: its packet could not be queued");
    return has_port;
}

/* The disk of `start` gets open, or the request is not ours. */
static bool is_ours(struct call_start *start, HANDLE handle)
{
    if (!disk_open(handle, &start->disk))
        return false;
    if (!would_lose_packet(start, handle))
        return true;
    disk_close(&start->disk);
    return false;
}

static bool serve(const struct io_control *request, DWORD last_error, BOOL *result)
{
    struct call_start start = {
        .request = {.control_code = request->code,
                    .input = request->input,
                    .input_length = request->input_length,
                    .output_length = request->output_length},
        .output = request->output,
        .completion = {.bytes_returned = request->bytes_returned,
                       .overlapped = request->overlapped,
                       .last_error = last_error},
    };

    if (!is_ours(&start, request->handle))
        return false;
    *result = start.disk.is_overlapped && request->overlapped ? asynchronous_call(&start)
                                                              : synchronous_call(&start);
    return true;
}

/* What a system says to a control code that its drivers do not know. Nothing has been done then. */
static bool is_unknown_code(DWORD error)
{
    return error == ERROR_INVALID_FUNCTION || error == ERROR_NOT_SUPPORTED ||
           error == ERROR_CALL_NOT_IMPLEMENTED;
}

/* The system gets the caller's own request, and every answer of it counts but one: that it does not
 * know the code. A request that is pending is the system's until its end. */
static BOOL ask_system(device_io_control_function next, const struct io_control *request)
{
    const DWORD last_error = GetLastError();
    struct trace_request trace;
    BOOL result;
    DWORD error;

    trace_begin(&trace);
    result = call_next(next, request);
    error = GetLastError();
    if (!result && is_unknown_code(error) && serve(request, last_error, &result))
        return result;
    trace_system(&trace, request->code, result ? ERROR_SUCCESS : error);
    SetLastError(error);
    return result;
}

static BOOL serve_first(device_io_control_function next, const struct io_control *request)
{
    const DWORD last_error = GetLastError();
    BOOL result;

    if (serve(request, last_error, &result))
        return result;
    SetLastError(last_error);
    return call_next(next, request);
}

/* NOLINTBEGIN(readability-non-const-parameter): DeviceIoControl's */

/* Apart from the hook, so that a foreign code does not pay for this frame. */
__attribute__((noinline)) BOOL
device_io_control_serve(device_io_control_function next, HANDLE handle, DWORD control_code,
                        void *input, DWORD input_length, void *output, DWORD output_length,
                        DWORD *bytes_returned, OVERLAPPED *overlapped)
{
    const struct io_control request = {handle, control_code,  input,          input_length,
                                       output, output_length, bytes_returned, overlapped};

    if (!disk_side || !reservation_is_ours(control_code))
        return call_next(next, &request);
    return disk_side->asks_system_first ? ask_system(next, &request) : serve_first(next, &request);
}

/* NOLINTEND(readability-non-const-parameter) */

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
