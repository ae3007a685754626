#include "call.h"

/* The I/O manager's order, windows-behaviour 2.1: pointers, access, event; then the class
 * driver's. */
static int32_t admit(struct call *call)
{
    struct reservation_request *request = &call->request;
    int32_t status, event_status;

    if (!system_buffer_capture(&call->buffer, request->input, &request->input_length, call->output,
                               &request->output_length))
        return NT_STATUS_ACCESS_VIOLATION;
    request->input = call->buffer.input;
    status = reservation_prepare(request, &call->plan);
    if (status == NT_STATUS_ACCESS_DENIED)
        return status;
    event_status = complete_reset_event(&call->completion);
    if (nt_error(event_status))
        return event_status;
    if (status == NT_STATUS_PENDING &&
        !system_buffer_reserve(&call->buffer, call->plan.command.transfer_length))
        return NT_STATUS_INSUFFICIENT_RESOURCES;
    return status;
}

int32_t call_admit(struct call *call, const struct call_start *start)
{
    call->request = start->request;
    call->request.granted_access = start->disk.granted_access;
    call->output = start->output;
    call->completion = start->completion;
    call->disk = start->disk;
    call->plan.action = RESERVATION_NOT_OURS;
    reservation_outcome_clear(&call->outcome);
    trace_begin(&call->trace);
    complete_begin(&call->completion);
    call->outcome.status = admit(call);
    return call->outcome.status;
}

void call_run(struct call *call)
{
    const struct reservation_disk target = disk_target(&call->disk);

    call->plan.command.data = call->buffer.output;
    reservation_run(&target, &call->plan, &call->outcome);
}

void call_copy_back(struct call *call)
{
    struct reservation_outcome *outcome = &call->outcome;

    if (system_buffer_copy_back(&call->buffer, call->output, outcome->information))
        return;
    outcome->status = NT_STATUS_ACCESS_VIOLATION;
    outcome->information = 0;
}

void call_close(struct call *call)
{
    trace_end(&call->trace, &call->disk, call->request.control_code, &call->plan, &call->outcome);
    disk_close(&call->disk);
    system_buffer_free(&call->buffer);
}
