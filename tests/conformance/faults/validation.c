/* Faults in what is refused before anything is sent: windows-behaviour 2.1 and 2.4 to 2.6, each
 * rule taken away, added to, or answered with another status. */
#include "faults.h"

#include <ntddstor/reservation.h>
#include <string.h>

enum {
    SIZE_AT = 4, /* offsets in PERSISTENT_RESERVE_COMMAND */
    ACTION_AT = 8,
    SCOPE_AND_TYPE_AT = 9,
    ALLOCATION_LENGTH_AT = 10,
    HEADER = 12,
    PR_OUT_INPUT = 36,
    LIST_HEADER = 8,
    BREAK_REQUEST = 8,
};

/* A request that can be changed. */
struct altered {
    struct reservation_request request;
    uint8_t input[RESERVATION_INPUT_USED];
};

static void copy(struct altered *altered, const struct reservation_request *request)
{
    altered->request = *request;
    memset(altered->input, 0, sizeof(altered->input));
    memcpy(altered->input, request->input, min(request->input_length, RESERVATION_INPUT_USED));
    altered->request.input = altered->input;
}

static bool is_pr_in(const struct reservation_request *request)
{
    return request->control_code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN;
}

static bool is_pr_out(const struct reservation_request *request)
{
    return request->control_code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT;
}

static uint32_t get_le32(const uint8_t *bytes)
{
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void put_le32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t allocation_length_of(const struct altered *altered)
{
    return altered->input[ALLOCATION_LENGTH_AT] | altered->input[ALLOCATION_LENGTH_AT + 1] << 8;
}

/* ---- The header, 2.4 ---- */

int32_t fault_size_ignored(const struct reservation_request *request, struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_in(request) || is_pr_out(request))
        put_le32(altered.input + SIZE_AT, max(get_le32(altered.input + SIZE_AT), HEADER));
    return real_prepare(&altered.request, plan);
}

int32_t fault_input_11_accepted(const struct reservation_request *request,
                                struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
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

static int32_t with_status(const struct reservation_request *request, struct reservation_plan *plan,
                           int32_t from, int32_t to)
{
    const int32_t status = real_prepare(request, plan);

    return status == from ? to : status;
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

/* ---- PR IN, 2.5 ---- */

int32_t fault_allocation_7_accepted(const struct reservation_request *request,
                                    struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_in(request) && allocation_length_of(&altered) == LIST_HEADER - 1) {
        altered.input[ALLOCATION_LENGTH_AT] = LIST_HEADER;
        altered.request.output_length = max(request->output_length, LIST_HEADER);
    }
    return real_prepare(&altered.request, plan);
}

static int32_t with_least_allocation(const struct reservation_request *request,
                                     struct reservation_plan *plan, uint8_t action, uint32_t least)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_in(request) && request->input_length >= HEADER &&
        altered.input[ACTION_AT] == action && allocation_length_of(&altered) < least)
        return NT_STATUS_INVALID_PARAMETER;
    return real_prepare(request, plan);
}

int32_t fault_allocation_8_refused(const struct reservation_request *request,
                                   struct reservation_plan *plan)
{
    return with_least_allocation(request, plan, RESERVATION_ACTION_READ_KEYS, 9);
}

int32_t fault_reservations_want_24(const struct reservation_request *request,
                                   struct reservation_plan *plan)
{
    return with_least_allocation(request, plan, RESERVATION_ACTION_READ_RESERVATIONS, 24);
}

int32_t fault_allocation_above_output(const struct reservation_request *request,
                                      struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_in(request) && request->output_length >= LIST_HEADER &&
        request->output_length < allocation_length_of(&altered)) {
        altered.input[ALLOCATION_LENGTH_AT] = (uint8_t)request->output_length;
        altered.input[ALLOCATION_LENGTH_AT + 1] = (uint8_t)(request->output_length >> 8);
    }
    return real_prepare(&altered.request, plan);
}

int32_t fault_output_above_allocation(const struct reservation_request *request,
                                      struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_in(request) &&
        request->output_length > plan->command.transfer_length)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

/* As if the action were READ KEYS, and then with its own. */
static int32_t with_pr_in_action(const struct reservation_request *request,
                                 struct reservation_plan *plan, uint8_t action)
{
    struct altered altered;
    int32_t status;

    copy(&altered, request);
    if (!is_pr_in(request) || altered.input[ACTION_AT] != action)
        return real_prepare(request, plan);
    altered.input[ACTION_AT] = RESERVATION_ACTION_READ_KEYS;
    status = real_prepare(&altered.request, plan);
    plan->command.cdb[1] = action;
    return status;
}

int32_t fault_report_capabilities_sent(const struct reservation_request *request,
                                       struct reservation_plan *plan)
{
    return with_pr_in_action(request, plan, 2);
}

int32_t fault_read_full_status_sent(const struct reservation_request *request,
                                    struct reservation_plan *plan)
{
    return with_pr_in_action(request, plan, 3);
}

int32_t fault_action_mask_7(const struct reservation_request *request,
                            struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_in(request) || is_pr_out(request))
        altered.input[ACTION_AT] &= 7;
    return real_prepare(&altered.request, plan);
}

int32_t fault_pr_in_size_compared(const struct reservation_request *request,
                                  struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_in(request) &&
        get_le32((const uint8_t *)request->input + SIZE_AT) > request->input_length)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

/* ---- PR OUT, 2.6 ---- */

int32_t fault_input_34_accepted(const struct reservation_request *request,
                                struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_out(request) &&
        (request->input_length == PR_OUT_INPUT - 2 || request->input_length == PR_OUT_INPUT - 1)) {
        altered.request.input_length = PR_OUT_INPUT;
        put_le32(altered.input + SIZE_AT, PR_OUT_INPUT);
    }
    return real_prepare(&altered.request, plan);
}

int32_t fault_input_above_36(const struct reservation_request *request,
                             struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_out(request) && request->input_length > PR_OUT_INPUT)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_size_below_length(const struct reservation_request *request,
                                struct reservation_plan *plan)
{
    struct altered altered;

    copy(&altered, request);
    if (is_pr_out(request) && get_le32(altered.input + SIZE_AT) >= HEADER)
        put_le32(altered.input + SIZE_AT,
                 max(get_le32(altered.input + SIZE_AT), request->input_length));
    return real_prepare(&altered.request, plan);
}

int32_t fault_size_above_length(const struct reservation_request *request,
                                struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_out(request) &&
        get_le32((const uint8_t *)request->input + SIZE_AT) > request->input_length)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

/* As if scope and type were good ones, and then with their own. */
static int32_t with_scope_and_type(const struct reservation_request *request,
                                   struct reservation_plan *plan, uint8_t good)
{
    struct altered altered;
    int32_t status;

    copy(&altered, request);
    altered.input[SCOPE_AND_TYPE_AT] = good;
    status = real_prepare(&altered.request, plan);
    plan->command.cdb[2] = ((const uint8_t *)request->input)[SCOPE_AND_TYPE_AT];
    return status;
}

static uint8_t scope_and_type_of(const struct reservation_request *request)
{
    if (!is_pr_out(request) || request->input_length < HEADER)
        return 0xff;
    return ((const uint8_t *)request->input)[SCOPE_AND_TYPE_AT];
}

int32_t fault_type_7_accepted(const struct reservation_request *request,
                              struct reservation_plan *plan)
{
    const uint8_t type = scope_and_type_of(request);

    return type == 7 || type == 8 ? with_scope_and_type(request, plan, 1)
                                  : real_prepare(request, plan);
}

int32_t fault_type_0_accepted(const struct reservation_request *request,
                              struct reservation_plan *plan)
{
    return scope_and_type_of(request) == 0 ? with_scope_and_type(request, plan, 1)
                                           : real_prepare(request, plan);
}

int32_t fault_scope_1_accepted(const struct reservation_request *request,
                               struct reservation_plan *plan)
{
    return scope_and_type_of(request) >> 4 == 1 ? with_scope_and_type(request, plan, 1)
                                                : real_prepare(request, plan);
}

static int32_t without_command(const struct reservation_request *request,
                               struct reservation_plan *plan, uint8_t action, int scope_and_type)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_out(request) && plan->command.cdb[1] == action &&
        (scope_and_type < 0 || plan->command.cdb[2] == scope_and_type))
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_type_5_refused(const struct reservation_request *request,
                             struct reservation_plan *plan)
{
    return without_command(request, plan, RESERVATION_ACTION_RESERVE, 5);
}

int32_t fault_scope_2_refused(const struct reservation_request *request,
                              struct reservation_plan *plan)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_out(request) && plan->command.cdb[2] >> 4 == 2)
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_register_ignore_refused(const struct reservation_request *request,
                                      struct reservation_plan *plan)
{
    return without_command(request, plan, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, -1);
}

int32_t fault_preempt_abort_refused(const struct reservation_request *request,
                                    struct reservation_plan *plan)
{
    return without_command(request, plan, RESERVATION_ACTION_PREEMPT_ABORT, -1);
}

static bool is_known(uint8_t scope_and_type)
{
    const uint8_t type = scope_and_type & 15, scope = scope_and_type >> 4;

    return (scope == 0 || scope == 2) && (type == 1 || type == 3 || type == 5 || type == 6);
}

static int32_t with_scope_and_type_checked(const struct reservation_request *request,
                                           struct reservation_plan *plan, uint8_t action)
{
    const int32_t status = real_prepare(request, plan);

    if (status == NT_STATUS_PENDING && is_pr_out(request) && plan->command.cdb[1] == action &&
        plan->command.cdb[2] && !is_known(plan->command.cdb[2]))
        return NT_STATUS_INVALID_PARAMETER;
    return status;
}

int32_t fault_register_type_checked(const struct reservation_request *request,
                                    struct reservation_plan *plan)
{
    return with_scope_and_type_checked(request, plan, RESERVATION_ACTION_REGISTER);
}

int32_t fault_clear_type_checked(const struct reservation_request *request,
                                 struct reservation_plan *plan)
{
    return with_scope_and_type_checked(request, plan, RESERVATION_ACTION_CLEAR);
}

int32_t fault_register_and_move_sent(const struct reservation_request *request,
                                     struct reservation_plan *plan)
{
    struct altered altered;
    int32_t status;

    copy(&altered, request);
    if (!is_pr_out(request) || altered.input[ACTION_AT] != 7)
        return real_prepare(request, plan);
    altered.input[ACTION_AT] = RESERVATION_ACTION_CLEAR;
    status = real_prepare(&altered.request, plan);
    plan->command.cdb[1] = 7;
    return status;
}

/* ---- Access, 2.1 ---- */

static int32_t with_access(const struct reservation_request *request, struct reservation_plan *plan,
                           uint32_t granted)
{
    struct altered altered;

    copy(&altered, request);
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

    copy(&altered, request);
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
