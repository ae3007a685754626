/* The NTSTATUS values that the suite expects or names, with the Win32 error that DeviceIoControl
 * reports for each. One table, from which the constants, the names and the expectations are made.
 * It is the suite's own, not the shim's: the suite judges the shim. */
#ifndef CONFORMANCE_NT_STATUS_H
#define CONFORMANCE_NT_STATUS_H

#include <stdbool.h>
#include <stdint.h>

/* Name, value, Win32 error (winerror.h; the values are those of RtlNtStatusToDosError). */
#define NT_STATUS_TABLE(X)                           \
    X(SUCCESS, 0x00000000, 0)                        \
    X(PENDING, 0x00000103, 997)                      \
    X(BUFFER_OVERFLOW, 0x80000005, 234)              \
    X(DEVICE_BUSY, 0x80000011, 170)                  \
    X(NO_DATA_DETECTED, 0x80000022, 1104)            \
    X(UNSUCCESSFUL, 0xc0000001, 31)                  \
    X(NOT_IMPLEMENTED, 0xc0000002, 1)                \
    X(INFO_LENGTH_MISMATCH, 0xc0000004, 24)          \
    X(ACCESS_VIOLATION, 0xc0000005, 998)             \
    X(INVALID_HANDLE, 0xc0000008, 6)                 \
    X(INVALID_PARAMETER, 0xc000000d, 87)             \
    X(NO_SUCH_DEVICE, 0xc000000e, 433)               \
    X(INVALID_DEVICE_REQUEST, 0xc0000010, 1)         \
    X(NO_MEDIA_IN_DEVICE, 0xc0000013, 21)            \
    X(NONEXISTENT_SECTOR, 0xc0000015, 27)            \
    X(ACCESS_DENIED, 0xc0000022, 5)                  \
    X(BUFFER_TOO_SMALL, 0xc0000023, 122)             \
    X(OBJECT_TYPE_MISMATCH, 0xc0000024, 6)           \
    X(DATA_OVERRUN, 0xc000003c, 1117)                \
    X(INSUFFICIENT_RESOURCES, 0xc000009a, 1450)      \
    X(DEVICE_DATA_ERROR, 0xc000009c, 23)             \
    X(DEVICE_NOT_CONNECTED, 0xc000009d, 1167)        \
    X(DEVICE_NOT_READY, 0xc00000a3, 21)              \
    X(IO_TIMEOUT, 0xc00000b5, 121)                   \
    X(NOT_SUPPORTED, 0xc00000bb, 50)                 \
    X(DEVICE_DOES_NOT_EXIST, 0xc00000c0, 55)         \
    X(INVALID_USER_BUFFER, 0xc00000e8, 1784)         \
    X(CANCELLED, 0xc0000120, 995)                    \
    X(IO_DEVICE_ERROR, 0xc0000185, 1117)             \
    X(TOO_MANY_SEGMENT_DESCRIPTORS, 0xc0000473, 331) \
    X(INVALID_OFFSET_ALIGNMENT, 0xc0000474, 327)     \
    X(DEVICE_HARDWARE_ERROR, 0xc0000483, 483)

enum nt_status {
#define X(name, value, error) NT_STATUS_##name = (int32_t)(value),
    NT_STATUS_TABLE(X)
#undef X
};

/* "STATUS_DEVICE_BUSY", or "NTSTATUS 0xc0001234" in `text` for one that is not in the table. */
enum { NT_STATUS_TEXT_MAX = 48 };
const char *nt_status_text(int32_t status, char text[NT_STATUS_TEXT_MAX]);

/* The Win32 error of a value of the table. */
uint32_t nt_status_error(int32_t status);

/* Windows' NT_SUCCESS and NT_ERROR. A warning (8xxxxxxx) is neither. */
static inline bool nt_status_is_success(int32_t status)
{
    return status >= 0;
}

static inline bool nt_status_is_error(int32_t status)
{
    return (uint32_t)status >> 30 == 3;
}

#endif
