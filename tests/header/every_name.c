/* Uses every name of <ntddstor/reservation.h> as a program would. Compiled, in C and in C++, under
 * each combination of compiler, language and neighbouring headers that CMakeLists.txt lists. */
#include <ntddstor/reservation.h>

#include <stdint.h>
#include <string.h>

#if defined(NONAMELESSUNION)
#define COMMAND_UNION(command) (command)->u
#else
#define COMMAND_UNION(command) (*(command))
#endif

const uint32_t every_control_code[] = {
    IOCTL_DISK_RESERVE,
    IOCTL_DISK_RELEASE,
    IOCTL_STORAGE_RESERVE,
    IOCTL_STORAGE_RELEASE,
    IOCTL_STORAGE_RESET_BUS,
    IOCTL_STORAGE_RESET_DEVICE,
    OBSOLETE_IOCTL_STORAGE_RESET_BUS,
    OBSOLETE_IOCTL_STORAGE_RESET_DEVICE,
    IOCTL_STORAGE_BREAK_RESERVATION,
    IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
    IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
};

/* A duplicate label is an error, so these also prove the values of a group distinct. */
int action_in_is_known(int action);
int action_in_is_known(int action)
{
    switch (action) {
    case RESERVATION_ACTION_READ_KEYS:
    case RESERVATION_ACTION_READ_RESERVATIONS:
        return 1;
    default:
        return 0;
    }
}

int action_out_is_known(int action);
int action_out_is_known(int action)
{
    switch (action) {
    case RESERVATION_ACTION_REGISTER:
    case RESERVATION_ACTION_RESERVE:
    case RESERVATION_ACTION_RELEASE:
    case RESERVATION_ACTION_CLEAR:
    case RESERVATION_ACTION_PREEMPT:
    case RESERVATION_ACTION_PREEMPT_ABORT:
    case RESERVATION_ACTION_REGISTER_IGNORE_EXISTING:
        return 1;
    default:
        return 0;
    }
}

int type_is_known(int type);
int type_is_known(int type)
{
    switch (type) {
    case RESERVATION_TYPE_WRITE_EXCLUSIVE:
    case RESERVATION_TYPE_EXCLUSIVE:
    case RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS:
    case RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS:
        return 1;
    default:
        return 0;
    }
}

/* SPC-3 tables 102, 106, 107 and 113. Neither these nor a switch would notice all being shifted, so
 * the numbers are written out. */
typedef char the_values_are_those_of_spc
    [RESERVATION_ACTION_READ_KEYS == 0 && RESERVATION_ACTION_READ_RESERVATIONS == 1 &&
             RESERVATION_ACTION_REGISTER == 0 && RESERVATION_ACTION_RESERVE == 1 &&
             RESERVATION_ACTION_RELEASE == 2 && RESERVATION_ACTION_CLEAR == 3 &&
             RESERVATION_ACTION_PREEMPT == 4 && RESERVATION_ACTION_PREEMPT_ABORT == 5 &&
             RESERVATION_ACTION_REGISTER_IGNORE_EXISTING == 6 && RESERVATION_SCOPE_LU == 0 &&
             RESERVATION_SCOPE_ELEMENT == 2 && RESERVATION_TYPE_WRITE_EXCLUSIVE == 1 &&
             RESERVATION_TYPE_EXCLUSIVE == 3 && RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS == 5 &&
             RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS == 6
         ? 1
         : -1];

/* `buffer` holds 36 bytes. Writing behind ParameterList[0] must not look like an overflow. */
void build_preempt(void *buffer, const uint8_t own_key[8], const uint8_t victim[8]);
void build_preempt(void *buffer, const uint8_t own_key[8], const uint8_t victim[8])
{
    PPERSISTENT_RESERVE_COMMAND command = (PPERSISTENT_RESERVE_COMMAND)buffer;
    PPRO_PARAMETER_LIST list = (PPRO_PARAMETER_LIST)COMMAND_UNION(command).PR_OUT.ParameterList;
    const uint32_t size = sizeof(PERSISTENT_RESERVE_COMMAND) + sizeof(PRO_PARAMETER_LIST);

    memset(command, 0, size);
    command->Version = sizeof *command;
    command->Size = size;
    COMMAND_UNION(command).PR_OUT.ServiceAction = RESERVATION_ACTION_PREEMPT;
    COMMAND_UNION(command).PR_OUT.Type = RESERVATION_TYPE_EXCLUSIVE;
    COMMAND_UNION(command).PR_OUT.Scope = RESERVATION_SCOPE_LU;
    memcpy(list->ReservationKey, own_key, sizeof list->ReservationKey);
    memcpy(list->ServiceActionReservationKey, victim, sizeof list->ServiceActionReservationKey);
    memset(list->ScopeSpecificAddress, 0, sizeof list->ScopeSpecificAddress);
    list->ActivatePersistThroughPowerLoss = 1;
    list->AllTargetPorts = 0;
    list->SpecifyInitiatorPorts = 0;
}

void build_read(PERSISTENT_RESERVE_COMMAND *command, uint16_t length);
void build_read(PERSISTENT_RESERVE_COMMAND *command, uint16_t length)
{
    COMMAND_UNION(command).PR_IN.ServiceAction = RESERVATION_ACTION_READ_RESERVATIONS;
    COMMAND_UNION(command).PR_IN.AllocationLength = length;
}

const uint8_t *nth_key(const PRI_REGISTRATION_LIST *list, unsigned n);
const uint8_t *nth_key(const PRI_REGISTRATION_LIST *list, unsigned n)
{
    return list->AdditionalLength[3] / 8u > n ? list->ReservationKeyList[n] : list->Generation;
}

int holder_is(const PRI_RESERVATION_LIST *list, const uint8_t key[8]);
int holder_is(const PRI_RESERVATION_LIST *list, const uint8_t key[8])
{
    const PRI_RESERVATION_DESCRIPTOR *holder = &list->Reservations[0];

    return list->AdditionalLength[3] >= sizeof *holder && holder->Scope == RESERVATION_SCOPE_LU &&
           type_is_known(holder->Type) && memcmp(holder->ReservationKey, key, 8) == 0;
}

void build_resets(PSTORAGE_BREAK_RESERVATION_REQUEST request, PSTORAGE_BUS_RESET_REQUEST reset);
void build_resets(PSTORAGE_BREAK_RESERVATION_REQUEST request, PSTORAGE_BUS_RESET_REQUEST reset)
{
    STORAGE_BREAK_RESERVATION_REQUEST *same = request;
    STORAGE_BUS_RESET_REQUEST *same_reset = reset;
    PPRI_REGISTRATION_LIST keys = NULL;
    PPRI_RESERVATION_LIST holders = NULL;
    PPRI_RESERVATION_DESCRIPTOR holder = NULL;

    same->Length = sizeof *request;
    request->PathId = same_reset->PathId;
    request->TargetId = 0;
    request->Lun = keys || holders || holder;
}
