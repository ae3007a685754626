/* The NTSTATUS values that a reservation request, or the loading of the shim, can end with. One
 * table, from which the constants here, the names in nt_status.c and the tests are made. The names
 * are prefixed so that they can stand beside Windows' own headers. The third column is the Windows
 * error that a program sees, RtlNtStatusToDosError's; tests/wine asks Wine's. */
#ifndef HOLDFAST_RESERVATION_NT_STATUS_H
#define HOLDFAST_RESERVATION_NT_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NT_STATUS_TABLE(X)                                \
    X(SUCCESS, 0x00000000, 0)                             \
    X(PENDING, 0x00000103, 997)                           \
    X(DEVICE_BUSY, 0x80000011, 170)                       \
    X(NO_DATA_DETECTED, 0x80000022, 1104)                 \
    X(CLEANER_CARTRIDGE_INSTALLED, 0x80000027, 4340)      \
    X(INFO_LENGTH_MISMATCH, 0xc0000004, 24)               \
    X(ACCESS_VIOLATION, 0xc0000005, 998)                  \
    X(INVALID_HANDLE, 0xc0000008, 6)                      \
    X(INVALID_PARAMETER, 0xc000000d, 87)                  \
    X(NO_SUCH_DEVICE, 0xc000000e, 433)                    \
    X(INVALID_DEVICE_REQUEST, 0xc0000010, 1)              \
    X(END_OF_FILE, 0xc0000011, 38)                        \
    X(NO_MEDIA_IN_DEVICE, 0xc0000013, 21)                 \
    X(UNRECOGNIZED_MEDIA, 0xc0000014, 1785)               \
    X(NONEXISTENT_SECTOR, 0xc0000015, 27)                 \
    X(ACCESS_DENIED, 0xc0000022, 5)                       \
    X(DISK_FULL, 0xc000007f, 112)                         \
    X(DATA_OVERRUN, 0xc000003c, 1117)                     \
    X(REVISION_MISMATCH, 0xc0000059, 1306)                \
    X(INSUFFICIENT_RESOURCES, 0xc000009a, 1450)           \
    X(DEVICE_DATA_ERROR, 0xc000009c, 23)                  \
    X(DEVICE_NOT_CONNECTED, 0xc000009d, 1167)             \
    X(DEVICE_NOT_READY, 0xc00000a3, 21)                   \
    X(IO_TIMEOUT, 0xc00000b5, 121)                        \
    X(NOT_SUPPORTED, 0xc00000bb, 50)                      \
    X(DEVICE_DOES_NOT_EXIST, 0xc00000c0, 55)              \
    X(DLL_NOT_FOUND, 0xc0000135, 126)                     \
    X(INVALID_BLOCK_LENGTH, 0xc0000173, 1106)             \
    X(IO_DEVICE_ERROR, 0xc0000185, 1117)                  \
    X(RETRY, 0xc000022d, 1237)                            \
    X(COPY_PROTECTION_FAILURE, 0xc0000305, 0x80030305)    \
    X(CSS_AUTHENTICATION_FAILURE, 0xc0000306, 0x80030306) \
    X(CSS_KEY_NOT_PRESENT, 0xc0000307, 0x80030307)        \
    X(CSS_KEY_NOT_ESTABLISHED, 0xc0000308, 0x80030308)    \
    X(CSS_SCRAMBLED_SECTOR, 0xc0000309, 0x80030309)       \
    X(CSS_REGION_MISMATCH, 0xc000030a, 0x8003030a)        \
    X(CSS_RESETS_EXHAUSTED, 0xc000030b, 0x8003030b)       \
    X(DISK_RESOURCES_EXHAUSTED, 0xc0000461, 314)          \
    X(DEVICE_UNREACHABLE, 0xc0000464, 321)                \
    X(INVALID_TOKEN, 0xc0000465, 315)                     \
    X(TOO_MANY_SEGMENT_DESCRIPTORS, 0xc0000473, 331)      \
    X(INVALID_OFFSET_ALIGNMENT, 0xc0000474, 327)          \
    X(DEVICE_HARDWARE_ERROR, 0xc0000483, 483)

enum nt_status {
#define X(name, value, error) NT_STATUS_##name = (int32_t)(value),
    NT_STATUS_TABLE(X)
#undef X
};

/* "STATUS_DEVICE_BUSY"; never NULL. */
const char *nt_status_name(int32_t status);

/* The Windows error that it becomes for a program; 317, as Windows says, for one not in the table.
 */
uint32_t nt_status_windows_error(int32_t status);

/* The table by index, for who wants to search it; false beyond its end. */
bool nt_status_at(size_t index, int32_t *status);

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
