/* Faults in what is refused of a PR OUT (windows-behaviour 2.6). */
#include "altered_request.h"

int32_t fault_input_34_accepted(const struct reservation_request *request,
                                struct reservation_plan *plan)
{
    struct altered altered;

    alter_request(&altered, request);
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

    alter_request(&altered, request);
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

    alter_request(&altered, request);
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

    alter_request(&altered, request);
    if (!is_pr_out(request) || altered.input[ACTION_AT] != 7)
        return real_prepare(request, plan);
    altered.input[ACTION_AT] = RESERVATION_ACTION_CLEAR;
    status = real_prepare(&altered.request, plan);
    plan->command.cdb[1] = 7;
    return status;
}
