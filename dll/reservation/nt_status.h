/* The NTSTATUS values that a reservation request, or the loading of the shim, can end with. One
 * table, from which the constants here, the names in nt_status.c and the tests are made. The names
 * are prefixed so that they can stand beside Windows' own headers. */
#ifndef HOLDFAST_RESERVATION_NT_STATUS_H
#define HOLDFAST_RESERVATION_NT_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#define NT_STATUS_TABLE(X)                      \
    X(SUCCESS, 0x00000000)                      \
    X(PENDING, 0x00000103)                      \
    X(DEVICE_BUSY, 0x80000011)                  \
    X(NO_DATA_DETECTED, 0x80000022)             \
    X(CLEANER_CARTRIDGE_INSTALLED, 0x80000027)  \
    X(INFO_LENGTH_MISMATCH, 0xc0000004)         \
    X(ACCESS_VIOLATION, 0xc0000005)             \
    X(INVALID_HANDLE, 0xc0000008)               \
    X(INVALID_PARAMETER, 0xc000000d)            \
    X(NO_SUCH_DEVICE, 0xc000000e)               \
    X(INVALID_DEVICE_REQUEST, 0xc0000010)       \
    X(END_OF_FILE, 0xc0000011)                  \
    X(NO_MEDIA_IN_DEVICE, 0xc0000013)           \
    X(UNRECOGNIZED_MEDIA, 0xc0000014)           \
    X(NONEXISTENT_SECTOR, 0xc0000015)           \
    X(ACCESS_DENIED, 0xc0000022)                \
    X(DISK_FULL, 0xc000007f)                    \
    X(DATA_OVERRUN, 0xc000003c)                 \
    X(REVISION_MISMATCH, 0xc0000059)            \
    X(INSUFFICIENT_RESOURCES, 0xc000009a)       \
    X(DEVICE_DATA_ERROR, 0xc000009c)            \
    X(DEVICE_NOT_CONNECTED, 0xc000009d)         \
    X(DEVICE_NOT_READY, 0xc00000a3)             \
    X(IO_TIMEOUT, 0xc00000b5)                   \
    X(NOT_SUPPORTED, 0xc00000bb)                \
    X(DEVICE_DOES_NOT_EXIST, 0xc00000c0)        \
    X(DLL_NOT_FOUND, 0xc0000135)                \
    X(INVALID_BLOCK_LENGTH, 0xc0000173)         \
    X(IO_DEVICE_ERROR, 0xc0000185)              \
    X(RETRY, 0xc000022d)                        \
    X(COPY_PROTECTION_FAILURE, 0xc0000305)      \
    X(CSS_AUTHENTICATION_FAILURE, 0xc0000306)   \
    X(CSS_KEY_NOT_PRESENT, 0xc0000307)          \
    X(CSS_KEY_NOT_ESTABLISHED, 0xc0000308)      \
    X(CSS_SCRAMBLED_SECTOR, 0xc0000309)         \
    X(CSS_REGION_MISMATCH, 0xc000030a)          \
    X(CSS_RESETS_EXHAUSTED, 0xc000030b)         \
    X(DISK_RESOURCES_EXHAUSTED, 0xc0000461)     \
    X(DEVICE_UNREACHABLE, 0xc0000464)           \
    X(INVALID_TOKEN, 0xc0000465)                \
    X(TOO_MANY_SEGMENT_DESCRIPTORS, 0xc0000473) \
    X(INVALID_OFFSET_ALIGNMENT, 0xc0000474)     \
    X(DEVICE_HARDWARE_ERROR, 0xc0000483)

enum nt_status {
#define X(name, value) NT_STATUS_##name = (int32_t)(value),
    NT_STATUS_TABLE(X)
#undef X
};

/* "STATUS_DEVICE_BUSY"; never NULL. */
const char *nt_status_name(int32_t status);

/* The value for a name with its STATUS_ prefix, as a replay vector spells it. */
bool nt_status_from_name(const char *name, int32_t *status);

/* Windows' NT_SUCCESS: neither a warning (8xxxxxxx) nor an error (Cxxxxxxx). */
static inline bool nt_success(int32_t status)
{
    return status >= 0;
}

static inline bool nt_error(int32_t status)
{
    return (uint32_t)status >> 30 == 3;
}

#endif
