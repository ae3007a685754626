#include "control_code.h"

#include <ntddstor/reservation.h>
#include <stddef.h>

static const struct {
    uint32_t code;
    enum reservation_action action;
    const char *name;
} control_codes[] = {
#define X(code, action, name) {code, action, name},
    RESERVATION_CONTROL_CODES(X)
#undef X
};

_Static_assert(IOCTL_STORAGE_RESERVE == 0x002d4810, "windows-behaviour 1.1");
_Static_assert(IOCTL_STORAGE_RELEASE == 0x002d4814, "windows-behaviour 1.1");
_Static_assert(IOCTL_STORAGE_RESET_BUS == 0x002d5000, "windows-behaviour 1.1");
_Static_assert(IOCTL_STORAGE_RESET_DEVICE == 0x002d5004, "windows-behaviour 1.1");
_Static_assert(IOCTL_STORAGE_BREAK_RESERVATION == 0x002d5014, "windows-behaviour 1.1");
_Static_assert(IOCTL_STORAGE_PERSISTENT_RESERVE_IN == 0x002d5018, "windows-behaviour 1.1");
_Static_assert(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT == 0x002dd01c, "windows-behaviour 1.1");
_Static_assert(IOCTL_DISK_RESERVE == 0x00074810, "windows-behaviour 1.1");
_Static_assert(IOCTL_DISK_RELEASE == 0x00074814, "windows-behaviour 1.1");
_Static_assert(OBSOLETE_IOCTL_STORAGE_RESET_BUS == 0x002dd000, "windows-behaviour 1.1");
_Static_assert(OBSOLETE_IOCTL_STORAGE_RESET_DEVICE == 0x002dd004, "windows-behaviour 1.1");

enum reservation_action reservation_action_of(uint32_t control_code)
{
    for (size_t i = 0; i < sizeof(control_codes) / sizeof(control_codes[0]); i++)
        if (control_codes[i].code == control_code)
            return control_codes[i].action;
    return RESERVATION_NOT_OURS;
}

const char *reservation_control_code_name(uint32_t control_code)
{
    for (size_t i = 0; i < sizeof(control_codes) / sizeof(control_codes[0]); i++)
        if (control_codes[i].code == control_code)
            return control_codes[i].name;
    return "?";
}
