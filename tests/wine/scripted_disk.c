/* The test's end of the scripted disks: files that dosdevices/physicaldrive1 and on lead to. */
#include "test.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

HANDLE numbered_disk_open(int number, DWORD access, DWORD flags)
{
    WCHAR name[] = L"\\\\.\\PhysicalDrive0";
    HANDLE handle;

    name[ARRAYSIZE(name) - 2] = (WCHAR)(L'0' + number);
    handle = CreateFileW(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                         flags, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        printf("Bail out! PhysicalDrive%d cannot be opened: error %lu\n", number, GetLastError());
        exit(2);
    }
    return handle;
}

HANDLE disk_open(DWORD access, DWORD flags)
{
    return numbered_disk_open(1, access, flags);
}

/* Only the part from `offset` on, so that what the device writes meanwhile is not undone. */
static void write_part(int number, DWORD offset, const void *bytes, DWORD length)
{
    HANDLE file = numbered_disk_open(number, GENERIC_READ | GENERIC_WRITE, 0);
    OVERLAPPED place = {.Offset = offset};
    DWORD written = 0;

    CHECK(WriteFile(file, bytes, length, &written, &place));
    CHECK_EQUAL(written, length);
    CloseHandle(file);
}

void numbered_disk_script(int number, const struct scripted_disk *script)
{
    struct scripted_disk disk = *script;

    memset(&disk.commands, 0, sizeof(disk) - offsetof(struct scripted_disk, commands));
    disk.magic = SCRIPTED_MAGIC;
    write_part(number, 0, &disk, sizeof(disk));
}

void disk_script(const struct scripted_disk *script)
{
    numbered_disk_script(1, script);
}

struct scripted_disk numbered_disk_state(int number)
{
    HANDLE file = numbered_disk_open(number, GENERIC_READ, 0);
    struct scripted_disk disk = {0};
    DWORD read = 0;

    CHECK(ReadFile(file, &disk, sizeof(disk), &read, NULL));
    CHECK_EQUAL(read, sizeof(disk));
    CloseHandle(file);
    return disk;
}

struct scripted_disk disk_state(void)
{
    return numbered_disk_state(1);
}

void disk_admit(int number, uint32_t commands)
{
    write_part(number, offsetof(struct scripted_disk, admitted), &commands, sizeof(commands));
}

bool disk_has_begun(int number, uint32_t commands)
{
    for (DWORD waited = 0; waited < patience_ms(); waited += 5) {
        if (numbered_disk_state(number).commands >= commands)
            return true;
        Sleep(5);
    }
    return false;
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
