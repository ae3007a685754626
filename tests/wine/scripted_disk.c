/* The test's end of the scripted disk: a file that dosdevices/physicaldrive1 leads to. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static HANDLE open_or_exit(DWORD access, DWORD flags)
{
    HANDLE handle =
        CreateFileW(L"\\\\.\\PhysicalDrive1", access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                    OPEN_EXISTING, flags, NULL);

    if (handle == INVALID_HANDLE_VALUE) {
        printf("Bail out! PhysicalDrive1 cannot be opened: error %lu\n", GetLastError());
        exit(2);
    }
    return handle;
}

HANDLE disk_open(DWORD access, DWORD flags)
{
    return open_or_exit(access, flags);
}

void disk_script(const struct scripted_disk *script)
{
    HANDLE file = open_or_exit(GENERIC_READ | GENERIC_WRITE, 0);
    struct scripted_disk disk = *script;
    DWORD written = 0;

    disk.magic = SCRIPTED_MAGIC;
    disk.commands = disk.resets = 0;
    CHECK(WriteFile(file, &disk, sizeof(disk), &written, NULL));
    CHECK_EQUAL(written, sizeof(disk));
    CloseHandle(file);
}

struct scripted_disk disk_state(void)
{
    HANDLE file = open_or_exit(GENERIC_READ, 0);
    struct scripted_disk disk = {0};
    DWORD read = 0;

    CHECK(ReadFile(file, &disk, sizeof(disk), &read, NULL));
    CHECK_EQUAL(read, sizeof(disk));
    CloseHandle(file);
    return disk;
}

struct answer ask(DWORD control_code, const void *input, DWORD input_length, DWORD output_length)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0);
    struct answer answer = {.returned = PRESET_RETURNED};

    memset(answer.output, PRESET_BYTE, sizeof(answer.output));
    SetLastError(PRESET_LAST_ERROR);
    answer.result = DeviceIoControl(disk, control_code, (void *)input, input_length, answer.output,
                                    output_length, &answer.returned, NULL);
    answer.last_error = GetLastError();
    CloseHandle(disk);
    return answer;
}

const BYTE *pr_in_command(WORD allocation_length)
{
    static BYTE command[PR_IN_LENGTH];

    memset(command, 0, sizeof(command));
    command[0] = command[4] = sizeof(command);
    command[10] = LOBYTE(allocation_length);
    command[11] = HIBYTE(allocation_length);
    return command;
}

const BYTE *pr_out_command(BYTE service_action, BYTE type, BYTE key)
{
    static BYTE command[PR_OUT_LENGTH];

    memset(command, 0, sizeof(command));
    command[0] = 12;
    command[4] = sizeof(command);
    command[8] = service_action;
    command[9] = type;
    memset(command + 10, key, 8);
    return command;
}
