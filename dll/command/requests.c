#include "requests.h"

#include "values.h"

#include <ntddstor/reservation.h>
#include <stddef.h>
#include <string.h>

_Static_assert(sizeof(PERSISTENT_RESERVE_COMMAND) + sizeof(PRO_PARAMETER_LIST) == REQUEST_INPUT_MAX,
               "the longest request");

/* Which of the values are the two keys of the parameter list (SPC-4 table 213). */
enum key_source { ZERO, KEY, OLD_KEY, VICTIM };

struct request_form {
    uint32_t control_code;
    uint8_t service_action;
    enum key_source reservation_key;
    enum key_source service_action_key;
    bool has_type;
};

static const struct request_form forms[] = {
    [REQUEST_REGISTER] = {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_REGISTER,
                          OLD_KEY, KEY, false},
    [REQUEST_UNREGISTER] = {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_REGISTER, KEY,
                            ZERO, false},
    [REQUEST_RESERVE] = {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_RESERVE, KEY,
                         ZERO, true},
    [REQUEST_RELEASE] = {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_RELEASE, KEY,
                         ZERO, true},
    [REQUEST_PREEMPT] = {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_PREEMPT, KEY,
                         VICTIM, true},
    [REQUEST_CLEAR] = {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_CLEAR, KEY, ZERO,
                       false},
    [REQUEST_LEGACY_RESERVE] = {IOCTL_STORAGE_RESERVE, 0, ZERO, ZERO, false},
    [REQUEST_LEGACY_RELEASE] = {IOCTL_STORAGE_RELEASE, 0, ZERO, ZERO, false},
    [REQUEST_BREAK] = {IOCTL_STORAGE_BREAK_RESERVATION, 0, ZERO, ZERO, false},
};

static uint64_t pick_key(enum key_source source, const struct request_values *values)
{
    switch (source) {
    case KEY:
        return values->key;
    case OLD_KEY:
        return values->old_key;
    case VICTIM:
        return values->victim;
    default:
        return 0;
    }
}

static uint8_t pick_action(enum request_kind kind, const struct request_values *values)
{
    if (kind == REQUEST_REGISTER && values->ignore)
        return RESERVATION_ACTION_REGISTER_IGNORE_EXISTING;
    if (kind == REQUEST_PREEMPT && values->abort)
        return RESERVATION_ACTION_PREEMPT_ABORT;
    return forms[kind].service_action;
}

static void build_pr_out(struct request *request, enum request_kind kind,
                         const struct request_values *values)
{
    const struct request_form *form = &forms[kind];
    PERSISTENT_RESERVE_COMMAND command = {0};
    command.Version = sizeof(command);
    command.Size = REQUEST_INPUT_MAX;
    command.PR_OUT.ServiceAction = pick_action(kind, values) & 0x1f;
    command.PR_OUT.Type = (form->has_type ? values->type : 0) & 0xf;
    command.PR_OUT.Scope = RESERVATION_SCOPE_LU;

    PRO_PARAMETER_LIST list = {0};
    key_to_bytes(pick_key(form->reservation_key, values), list.ReservationKey);
    key_to_bytes(pick_key(form->service_action_key, values), list.ServiceActionReservationKey);
    list.ActivatePersistThroughPowerLoss = kind == REQUEST_REGISTER && values->aptpl;

    request->input_length = REQUEST_INPUT_MAX;
    memcpy(request->input, &command, sizeof(command));
    memcpy(request->input + offsetof(PERSISTENT_RESERVE_COMMAND, PR_OUT.ParameterList), &list,
           sizeof(list));
}

static void build_break(struct request *request)
{
    STORAGE_BREAK_RESERVATION_REQUEST input = {.Length = sizeof(input)};
    request->input_length = sizeof(input);
    memcpy(request->input, &input, sizeof(input));
}

void request_build(struct request *request, enum request_kind kind,
                   const struct request_values *values)
{
    *request = (struct request){.control_code = forms[kind].control_code};
    if (request->control_code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
        build_pr_out(request, kind, values);
    else if (request->control_code == IOCTL_STORAGE_BREAK_RESERVATION)
        build_break(request);
}

void request_build_read(struct request *request, uint8_t service_action, uint16_t allocation_length)
{
    PERSISTENT_RESERVE_COMMAND command = {0};
    command.Version = sizeof(command);
    command.Size = sizeof(command);
    command.PR_IN.ServiceAction = service_action & 0x1f;
    command.PR_IN.AllocationLength = allocation_length;

    *request = (struct request){.control_code = IOCTL_STORAGE_PERSISTENT_RESERVE_IN};
    request->input_length = sizeof(command);
    memcpy(request->input, &command, sizeof(command));
}
