/* An open disk, and requests on it through DeviceIoControl. */
#ifndef HOLDFAST_LAUNCHER_DISK_H
#define HOLDFAST_LAUNCHER_DISK_H

#include "../command/requests.h"

#include <stdint.h>
#include <windows.h>

/* Opens `device` (UTF-8) with the access that `control_code` demands and shares it with everybody.
 * Stores the handle, which is the caller's to close. Returns a Win32 error, 0 for success. */
uint32_t disk_open(const char *device, uint32_t control_code, HANDLE *disk);

/* Sends one request; `output` and `output_length` may be NULL and 0. Stores the bytes returned.
 * Returns a Win32 error, 0 for success. */
uint32_t disk_send(HANDLE disk, const struct request *request, void *output, uint32_t output_length,
                   uint32_t *returned);

/* A list_source (lists.h); the context is the disk's handle. */
uint32_t disk_read_list(void *disk, uint8_t service_action, void *buffer, uint32_t length,
                        uint32_t *returned);

#endif
