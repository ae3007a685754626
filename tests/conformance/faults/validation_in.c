/* Faults in what is refused of a PR IN (windows-behaviour 2.5). */
#include "altered_request.h"

int32_t fault_allocation_7_accepted(const struct reservation_request *request,
                                    struct reservation_plan *plan)
{
    struct altered altered;

    alter_request(&altered, request);
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

    alter_request(&altered, request);
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

    alter_request(&altered, request);
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

    alter_request(&altered, request);
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

    alter_request(&altered, request);
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
