#include "cases.h"

#include <stdio.h>

HANDLE open_node(int node, DWORD flags)
{
    char name[32];
    HANDLE disk;

    snprintf(name, sizeof(name), "\\\\.\\PhysicalDrive%d", node);
    disk = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, flags, NULL);
    CHECK(disk != INVALID_HANDLE_VALUE);
    return disk;
}

DWORD control(HANDLE disk, DWORD control_code, void *input, DWORD input_length, void *output,
              DWORD output_length, DWORD *bytes)
{
    DWORD ignored;

    return DeviceIoControl(disk, control_code, input, input_length, output, output_length,
                           bytes ? bytes : &ignored, NULL)
               ? 0
               : GetLastError();
}

DWORD pr_out(HANDLE disk, BYTE action, BYTE type, BYTE key, BYTE new_key)
{
    struct {
        PERSISTENT_RESERVE_COMMAND head;
        BYTE list[24];
    } command = {.head = {.Version = sizeof(command.head)}};
    PRO_PARAMETER_LIST *list = (PRO_PARAMETER_LIST *)command.head.PR_OUT.ParameterList;

    command.head.Size = sizeof(command);
    command.head.PR_OUT.ServiceAction = action;
    command.head.PR_OUT.Type = type;
    list->ReservationKey[7] = key;
    list->ServiceActionReservationKey[7] = new_key;
    return control(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, &command, sizeof(command), NULL, 0,
                   NULL);
}

PERSISTENT_RESERVE_COMMAND keys_command(void)
{
    PERSISTENT_RESERVE_COMMAND command = {.Version = sizeof(command), .Size = sizeof(command)};

    command.PR_IN.ServiceAction = RESERVATION_ACTION_READ_KEYS;
    command.PR_IN.AllocationLength = KEYS_LENGTH;
    return command;
}

DWORD read_keys(HANDLE disk, BYTE keys[KEYS_LENGTH], DWORD *bytes)
{
    PERSISTENT_RESERVE_COMMAND command = keys_command();

    return control(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, sizeof(command), keys,
                   KEYS_LENGTH, bytes);
}
