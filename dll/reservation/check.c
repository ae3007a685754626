/* What Windows refuses before anything is sent, and the command for what it does not refuse. */
#include "reservation.h"

#include <ntddstor/reservation.h>
#include <stddef.h>
#include <string.h>

enum {
    SIZE_OFFSET = offsetof(PERSISTENT_RESERVE_COMMAND, Size),
    SERVICE_ACTION_OFFSET = 8,     /* bits 0 to 4; bits 5 to 7 are reserved and never read */
    SCOPE_AND_TYPE_OFFSET = 9,     /* PR OUT: laid out as CDB byte 2 */
    ALLOCATION_LENGTH_OFFSET = 10, /* PR IN: host order */
    PARAMETER_LIST_OFFSET = 10,    /* PR OUT */
    SERVICE_ACTION_MASK = 0x1f,
    LIST_HEADER_LENGTH = 8, /* sizeof(PRI_REGISTRATION_LIST) and of PRI_RESERVATION_LIST */
    PR_OUT_INPUT_MIN = sizeof(PERSISTENT_RESERVE_COMMAND) + SCSI_PR_OUT_PARAMETER_LENGTH,
};

_Static_assert(sizeof(PERSISTENT_RESERVE_COMMAND) == 12, "windows-behaviour 1.2");
_Static_assert(sizeof(PRO_PARAMETER_LIST) == SCSI_PR_OUT_PARAMETER_LENGTH, "SPC-4 table 210");
_Static_assert((int)PR_OUT_INPUT_MIN == (int)RESERVATION_INPUT_USED,
               "nothing reads past the minimum");

/* The structures' integers are little endian on every Windows; read by bytes, the input needs no
 * alignment and the heart no byte order of its own. */
static uint32_t read_le32(const uint8_t *bytes)
{
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Which service actions of PR OUT Windows lets pass, and whether it looks at scope and type. */
static const struct {
    bool accepted;
    bool checks_scope_and_type;
} pr_out_actions[SERVICE_ACTION_MASK + 1] = {
    [RESERVATION_ACTION_REGISTER] = {true, false},
    [RESERVATION_ACTION_RESERVE] = {true, true},
    [RESERVATION_ACTION_RELEASE] = {true, true},
    [RESERVATION_ACTION_CLEAR] = {true, false},
    [RESERVATION_ACTION_PREEMPT] = {true, true},
    [RESERVATION_ACTION_PREEMPT_ABORT] = {true, true},
    [RESERVATION_ACTION_REGISTER_IGNORE_EXISTING] = {true, false},
};

static const bool accepted_scopes[16] = {
    [RESERVATION_SCOPE_LU] = true,
    [RESERVATION_SCOPE_ELEMENT] = true,
};

/* Types 7 and 8 (all registrants) do not pass, windows-behaviour 2.6. */
static const bool accepted_types[16] = {
    [RESERVATION_TYPE_WRITE_EXCLUSIVE] = true,
    [RESERVATION_TYPE_EXCLUSIVE] = true,
    [RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS] = true,
    [RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS] = true,
};

/* windows-behaviour 2.4: the one check that both directions share. The address check that follows
 * it in Windows is for kernel callers: a system buffer is always aligned. */
static bool has_command_header(const struct reservation_request *request)
{
    return request->input_length >= sizeof(PERSISTENT_RESERVE_COMMAND) &&
           read_le32((const uint8_t *)request->input + SIZE_OFFSET) >=
               sizeof(PERSISTENT_RESERVE_COMMAND);
}

/* windows-behaviour 2.5. */
static int32_t prepare_pr_in(const struct reservation_request *request,
                             struct reservation_plan *plan)
{
    const uint8_t *input = request->input;
    uint8_t service_action;
    uint16_t allocation_length;

    if (!has_command_header(request))
        return NT_STATUS_INFO_LENGTH_MISMATCH;
    service_action = input[SERVICE_ACTION_OFFSET] & SERVICE_ACTION_MASK;
    allocation_length =
        (uint16_t)(input[ALLOCATION_LENGTH_OFFSET] | input[ALLOCATION_LENGTH_OFFSET + 1] << 8);
    if (request->output_length < allocation_length || allocation_length < LIST_HEADER_LENGTH)
        return NT_STATUS_INVALID_PARAMETER;
    if (service_action != RESERVATION_ACTION_READ_KEYS &&
        service_action != RESERVATION_ACTION_READ_RESERVATIONS)
        return NT_STATUS_INVALID_PARAMETER;
    scsi_build_pr_in(&plan->command, service_action, allocation_length);
    return NT_STATUS_PENDING;
}

/* windows-behaviour 2.6. */
static int32_t prepare_pr_out(const struct reservation_request *request,
                              struct reservation_plan *plan)
{
    const uint8_t *input = request->input;
    uint8_t service_action, scope_and_type;

    if (!has_command_header(request))
        return NT_STATUS_INFO_LENGTH_MISMATCH;
    service_action = input[SERVICE_ACTION_OFFSET] & SERVICE_ACTION_MASK;
    scope_and_type = input[SCOPE_AND_TYPE_OFFSET];
    if (!pr_out_actions[service_action].accepted)
        return NT_STATUS_INVALID_PARAMETER;
    if (pr_out_actions[service_action].checks_scope_and_type &&
        !(accepted_scopes[scope_and_type >> 4] && accepted_types[scope_and_type & 0x0f]))
        return NT_STATUS_INVALID_PARAMETER;
    if (request->input_length < PR_OUT_INPUT_MIN ||
        read_le32(input + SIZE_OFFSET) < request->input_length)
        return NT_STATUS_INVALID_PARAMETER;
    scsi_build_pr_out(&plan->command, service_action, scope_and_type);
    memcpy(plan->parameter_list, input + PARAMETER_LIST_OFFSET, sizeof(plan->parameter_list));
    return NT_STATUS_PENDING;
}

/* semantics 4: the address fields are not used on a disk handle. */
static int32_t prepare_break(const struct reservation_request *request)
{
    if (request->input_length < sizeof(STORAGE_BREAK_RESERVATION_REQUEST) ||
        read_le32(request->input) < sizeof(STORAGE_BREAK_RESERVATION_REQUEST))
        return NT_STATUS_INVALID_PARAMETER;
    return NT_STATUS_PENDING;
}

static int32_t prepare_reset_bus(const struct reservation_request *request)
{
    if (request->input_length < sizeof(STORAGE_BUS_RESET_REQUEST))
        return NT_STATUS_INVALID_PARAMETER;
    return NT_STATUS_PENDING;
}

/* windows-behaviour 2.3: whatever buffers there are, they are ignored. */
static int32_t prepare_plain(struct reservation_plan *plan, enum scsi_opcode opcode)
{
    scsi_build_plain(&plan->command, opcode);
    return NT_STATUS_PENDING;
}

int32_t reservation_prepare(const struct reservation_request *request,
                            struct reservation_plan *plan)
{
    uint32_t required_access = reservation_required_access(request->control_code);

    if ((request->granted_access & required_access) != required_access)
        return NT_STATUS_ACCESS_DENIED;
    memset(plan, 0, sizeof(*plan));
    plan->action = reservation_action_of(request->control_code);
    switch (plan->action) {
    case RESERVATION_RESERVE:
        return prepare_plain(plan, SCSI_RESERVE_6);
    case RESERVATION_RELEASE:
        return prepare_plain(plan, SCSI_RELEASE_6);
    case RESERVATION_PR_IN:
        return prepare_pr_in(request, plan);
    case RESERVATION_PR_OUT:
        return prepare_pr_out(request, plan);
    case RESERVATION_BREAK:
        return prepare_break(request);
    case RESERVATION_RESET_BUS:
        return prepare_reset_bus(request);
    case RESERVATION_REFUSE:
    case RESERVATION_NOT_OURS:
        break;
    }
    return NT_STATUS_INVALID_DEVICE_REQUEST;
}
