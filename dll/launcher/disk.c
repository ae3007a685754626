#include "disk.h"

#include "../command/output.h"
#include "wide.h"

#include <stdlib.h>
#include <winioctl.h>

/* Bits 14 and 15 of a control code are the access it demands of the handle. */
static DWORD access_for(uint32_t control_code)
{
    return ((control_code & FILE_READ_ACCESS << 14) ? GENERIC_READ : 0) |
           ((control_code & FILE_WRITE_ACCESS << 14) ? GENERIC_WRITE : 0);
}

uint32_t disk_open(const char *device, uint32_t control_code, HANDLE *disk)
{
    wchar_t *name = wide_from_utf8(device);
    if (!name)
        return ERROR_NOT_ENOUGH_MEMORY;
    *disk = CreateFileW(name, access_for(control_code), FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                        OPEN_EXISTING, 0, NULL);
    uint32_t error = *disk == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    free(name);
    return error;
}

uint32_t disk_send(HANDLE disk, const struct request *request, void *output, uint32_t output_length,
                   uint32_t *returned)
{
    struct request copy = *request; /* Windows wants the input writable */
    DWORD bytes = 0;
    BOOL done = DeviceIoControl(disk, copy.control_code, copy.input_length ? copy.input : NULL,
                                copy.input_length, output, output_length, &bytes, NULL);
    *returned = done ? bytes : 0;
    return done ? 0 : GetLastError();
}

uint32_t disk_read_list(void *disk, uint8_t service_action, void *buffer, uint32_t length,
                        uint32_t *returned)
{
    struct request request;
    request_build_read(&request, service_action, (uint16_t)length);
    return disk_send(disk, &request, buffer, length, returned);
}
