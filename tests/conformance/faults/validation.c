/* Faults in what is refused before anything is sent: of the header, of access, and of the codes
 * that are not PR (windows-behaviour 2.1, 2.4, 5). */
#include "altered_request.h"

/* ---- The header, 2.4 ---- */

int32_t fault_size_ignored(const struct reservation_request *request, struct reservation_plan *plan)
{
    struct altered altered;

    alter_request(&altered, request);
    if (is_pr_in(request) || is_pr_out(request))
        put_le32(altered.input + SIZE_AT, max(get_le32(altered.input + SIZE_AT), HEADER));
    return real_prepare(&altered.request, plan);
}

int32_t fault_input_11_accepted(const struct reservation_request *request,
                                struct reservation_plan *plan)
{
    struct altered altered;

    alter_request(&altered, request);
    if (is_pr_in(request) && request->input_length == HEADER - 1)
        altered.request.input_length = HEADER;
    return real_prepare(&altered.request, plan);
}

int32_t fault_input_12_refused(const struct reservation_request *request,
                               struct reservation_plan *plan)
{
    if (is_pr_in(request) && request->input_length == HEADER)
        return NT_STATUS_INFO_LENGTH_MISMATCH;
    return real_prepare(request, plan);
}

int32_t fault_header_status(const struct reservation_request *request,
                            struct reservation_plan *plan)
{
    return with_status(request, plan, NT_STATUS_INFO_LENGTH_MISMATCH, NT_STATUS_INVALID_PARAMETER);
}

int32_t fault_parameter_status(const struct reservation_request *request,
                               struct reservation_plan *plan)
{
    return with_status(request, plan, NT_STATUS_INVALID_PARAMETER,
                       NT_STATUS_INVALID_DEVICE_REQUEST);
}

int32_t fault_header_checked_last(const struct reservation_request *request,
                                  struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_INFO_LENGTH_MISMATCH && is_pr_in(request) && request->output_length < 8)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_version_checked(const struct reservation_request *request,
                              struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && (is_pr_in(request) || is_pr_out(request)) &&
        get_le32(request->input) != HEADER)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_reserved_bits_checked(const struct reservation_request *request,
                                    struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && (is_pr_in(request) || is_pr_out(request)) &&
        ((const uint8_t *)request->input)[ACTION_AT] & 0xe0)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

/* ---- Access, 2.1 ---- */

static int32_t with_access(const struct reservation_request *request, struct reservation_plan *plan,
                           uint32_t granted)
{
    struct altered altered;

    alter_request(&altered, request);
    altered.request.granted_access = granted;
    return real_prepare(&altered.request, plan);
}

int32_t fault_access_not_checked(const struct reservation_request *request,
                                 struct reservation_plan *plan)
{
    return with_access(request, plan, FILE_READ_DATA | FILE_WRITE_DATA);
}

int32_t fault_access_write_not_wanted(const struct reservation_request *request,
                                      struct reservation_plan *plan)
{
    return with_access(request, plan,
                       request->granted_access |
                           ((request->granted_access & FILE_READ_DATA) ? FILE_WRITE_DATA : 0));
}

int32_t fault_access_read_not_wanted(const struct reservation_request *request,
                                     struct reservation_plan *plan)
{
    return with_access(request, plan,
                       request->granted_access |
                           ((request->granted_access & FILE_WRITE_DATA) ? FILE_READ_DATA : 0));
}

int32_t fault_access_write_wanted(const struct reservation_request *request,
                                  struct reservation_plan *plan)
{
    return (request->granted_access & FILE_WRITE_DATA) ? real_prepare(request, plan)
                                                       : NT_STATUS_ACCESS_DENIED;
}

int32_t fault_access_checked_last(const struct reservation_request *request,
                                  struct reservation_plan *plan)
{
    const int32_t status = fault_access_not_checked(request, plan);

    return status == NT_STATUS_PENDING ? real_prepare(request, plan) : status;
}

int32_t fault_access_status(const struct reservation_request *request,
                            struct reservation_plan *plan)
{
    return with_status(request, plan, NT_STATUS_ACCESS_DENIED, NT_STATUS_INVALID_DEVICE_REQUEST);
}

/* ---- The other codes ---- */

int32_t fault_break_length_unchecked(const struct reservation_request *request,
                                     struct reservation_plan *plan)
{
    struct altered altered;

    alter_request(&altered, request);
    if (request->control_code == IOCTL_STORAGE_BREAK_RESERVATION) {
        altered.request.input_length = BREAK_REQUEST;
        put_le32(altered.input, BREAK_REQUEST);
    }
    return real_prepare(&altered.request, plan);
}

int32_t fault_break_length_above_8(const struct reservation_request *request,
                                   struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && plan->action == RESERVATION_BREAK &&
        (request->input_length > BREAK_REQUEST || get_le32(request->input) > BREAK_REQUEST))
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_reserve_wants_no_buffers(const struct reservation_request *request,
                                       struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING &&
        (plan->action == RESERVATION_RESERVE || plan->action == RESERVATION_RELEASE) &&
        (request->input_length || request->output_length))
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_reset_device_status(const struct reservation_request *request,
                                  struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_INVALID_DEVICE_REQUEST &&
        request->control_code == IOCTL_STORAGE_RESET_DEVICE)
        return NT_STATUS_NOT_SUPPORTED;
    return status;
}
