/* SCSI reservations as Windows offers them to applications: the control codes of DeviceIoControl
 * and the layouts and constants that go with them.
 *
 * With Windows' own headers (MSVC, MinGW-w64, Wine, ReactOS) this one includes <windows.h> and
 * <winioctl.h> and adds what they lack, so it may stand before or after them. Say
 * WIN32_LEAN_AND_MEAN or include <winsock2.h> first, just as you would before <windows.h>. User
 * mode only. Anywhere else, or where NTDDSTOR_STANDALONE is defined, it needs nothing but the two
 * freestanding headers below; then no Windows header may be used in the same translation unit.
 *
 * Byte order: PERSISTENT_RESERVE_COMMAND and the STORAGE_ structures are in the host's, all PRI_
 * and PRO_ fields are raw big-endian SCSI bytes that Windows passes through untouched.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef NTDDSTOR_RESERVATION_H
#define NTDDSTOR_RESERVATION_H

#include <stddef.h>
#include <stdint.h>

#if defined(_MSC_VER) && !defined(_MSC_EXTENSIONS)
#error "PERSISTENT_RESERVE_COMMAND needs Microsoft's language extensions: compile without /Za"
#endif

#if defined(NTDDSTOR_STANDALONE)
#if defined(_WINIOCTL_) || defined(__WINE_WINIOCTL_H) || defined(_NTDDSTOR_H_)
#error "NTDDSTOR_STANDALONE excludes <winioctl.h> and <ntddstor.h>: drop one or the other"
#endif
#define NTDDSTOR_OWN_COMMAND_
#define NTDDSTOR_OWN_BUS_RESET_
#elif defined(_WIN32) || defined(__WINE__)
#include <windows.h>
/* After MinGW-w64's <ntddstor.h> its <winioctl.h> does not compile, nor is it needed: only the two
 * IOCTL_DISK_ codes are missing then. */
#if !defined(__MINGW32__) || defined(__WINE_WINDOWS_H) || !defined(_NTDDSTOR_H_)
#include <winioctl.h>
#endif
#if defined(__WINE__) || defined(__WINE_WINDOWS_H) || defined(__REACTOS__)
/* Wine 8.0 has STORAGE_BUS_RESET_REQUEST only in <ntddstor.h>, and neither of the two structures
 * below; ReactOS' own tree has all three there, but the command for MSVC alone. A later version may
 * have them in either header, which a preprocessor cannot see; so ours go by other names, and
 * macros lead to them whether or not the system has its own. */
#include <ntddstor.h>
#define NTDDSTOR_OWN_COMMAND_
#define _PERSISTENT_RESERVE_COMMAND        ntddstor_persistent_reserve_command
#define PERSISTENT_RESERVE_COMMAND         ntddstor_persistent_reserve_command
#define PPERSISTENT_RESERVE_COMMAND        ntddstor_persistent_reserve_command_pointer
#define STORAGE_BREAK_RESERVATION_REQUEST  ntddstor_storage_break_reservation_request
#define PSTORAGE_BREAK_RESERVATION_REQUEST ntddstor_storage_break_reservation_request_pointer
#endif
#else
#define NTDDSTOR_OWN_COMMAND_
#define NTDDSTOR_OWN_BUS_RESET_
#endif

/* What WDK scsi.h defines beside these constants it defines together. */
#if !defined(RESERVATION_ACTION_READ_KEYS)
#define NTDDSTOR_OWN_PARAMETERS_
#endif

/* ---- Control codes ---- */

/* CTL_CODE with METHOD_BUFFERED. Device 7 is FILE_DEVICE_DISK, 0x2d FILE_DEVICE_MASS_STORAGE;
 * access 1 is FILE_READ_ACCESS, 3 also FILE_WRITE_ACCESS, which the handle must have been granted.
 */
#define NTDDSTOR_CONTROL_CODE(device, function, access) \
    ((device) << 16 | (access) << 14 | (function) << 2)

#if !defined(IOCTL_DISK_RESERVE)
#define IOCTL_DISK_RESERVE NTDDSTOR_CONTROL_CODE(0x07, 0x204, 1)
#endif
#if !defined(IOCTL_DISK_RELEASE)
#define IOCTL_DISK_RELEASE NTDDSTOR_CONTROL_CODE(0x07, 0x205, 1)
#endif
#if !defined(IOCTL_STORAGE_RESERVE)
#define IOCTL_STORAGE_RESERVE NTDDSTOR_CONTROL_CODE(0x2d, 0x204, 1)
#endif
#if !defined(IOCTL_STORAGE_RELEASE)
#define IOCTL_STORAGE_RELEASE NTDDSTOR_CONTROL_CODE(0x2d, 0x205, 1)
#endif
#if !defined(IOCTL_STORAGE_RESET_BUS)
#define IOCTL_STORAGE_RESET_BUS NTDDSTOR_CONTROL_CODE(0x2d, 0x400, 1)
#endif
#if !defined(IOCTL_STORAGE_RESET_DEVICE)
#define IOCTL_STORAGE_RESET_DEVICE NTDDSTOR_CONTROL_CODE(0x2d, 0x401, 1)
#endif
#if !defined(OBSOLETE_IOCTL_STORAGE_RESET_BUS)
#define OBSOLETE_IOCTL_STORAGE_RESET_BUS NTDDSTOR_CONTROL_CODE(0x2d, 0x400, 3)
#endif
#if !defined(OBSOLETE_IOCTL_STORAGE_RESET_DEVICE)
#define OBSOLETE_IOCTL_STORAGE_RESET_DEVICE NTDDSTOR_CONTROL_CODE(0x2d, 0x401, 3)
#endif
#if !defined(IOCTL_STORAGE_BREAK_RESERVATION)
#define IOCTL_STORAGE_BREAK_RESERVATION NTDDSTOR_CONTROL_CODE(0x2d, 0x405, 1)
#endif
#if !defined(IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
#define IOCTL_STORAGE_PERSISTENT_RESERVE_IN NTDDSTOR_CONTROL_CODE(0x2d, 0x406, 1)
#endif
#if !defined(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
#define IOCTL_STORAGE_PERSISTENT_RESERVE_OUT NTDDSTOR_CONTROL_CODE(0x2d, 0x407, 3)
#endif

/* ---- Service actions, scopes and types ---- */

#if defined(NTDDSTOR_OWN_PARAMETERS_)
/* PERSISTENT RESERVE IN */
#define RESERVATION_ACTION_READ_KEYS         0x00
#define RESERVATION_ACTION_READ_RESERVATIONS 0x01
/* PERSISTENT RESERVE OUT */
#define RESERVATION_ACTION_REGISTER                 0x00
#define RESERVATION_ACTION_RESERVE                  0x01
#define RESERVATION_ACTION_RELEASE                  0x02
#define RESERVATION_ACTION_CLEAR                    0x03
#define RESERVATION_ACTION_PREEMPT                  0x04
#define RESERVATION_ACTION_PREEMPT_ABORT            0x05
#define RESERVATION_ACTION_REGISTER_IGNORE_EXISTING 0x06
#endif
#if !defined(RESERVATION_SCOPE_LU)
#define RESERVATION_SCOPE_LU      0x00
#define RESERVATION_SCOPE_ELEMENT 0x02
#endif
#if !defined(RESERVATION_TYPE_WRITE_EXCLUSIVE)
#define RESERVATION_TYPE_WRITE_EXCLUSIVE             0x01
#define RESERVATION_TYPE_EXCLUSIVE                   0x03
#define RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS 0x05
#define RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS       0x06
#endif

/* ---- Structures ---- */

/* Windows has arrays of no elements and bit-fields of one byte: extensions, taken as such. */
#if defined(__GNUC__)
#define NTDDSTOR_EXTENSION_ __extension__
#else
#define NTDDSTOR_EXTENSION_
#endif
/* As Windows' headers name their otherwise nameless unions for a program that asks for it. */
#if defined(NONAMELESSUNION)
#define NTDDSTOR_UNION_           u
#define NTDDSTOR_COMMAND_(member) u.member
#else
#define NTDDSTOR_UNION_
#define NTDDSTOR_COMMAND_(member) member
#endif
#if defined(_MSC_VER)
#pragma warning(push)
#pragma warning(disable : 4200 4201 4214) /* the same extensions */
#endif
#pragma pack(push, 8) /* natural alignment, whatever is in force where this is included */

#if defined(NTDDSTOR_OWN_COMMAND_)
/* The input of IOCTL_STORAGE_PERSISTENT_RESERVE_IN, and the head of that of _OUT, whose parameter
 * list begins at byte 10 although this structure's size is 12. Windows demands
 * sizeof(PERSISTENT_RESERVE_COMMAND) + sizeof(PRO_PARAMETER_LIST) bytes of input for _OUT.
 * Size: bytes of the whole. Version is not looked at; set it to sizeof(PERSISTENT_RESERVE_COMMAND).
 */
NTDDSTOR_EXTENSION_ typedef struct _PERSISTENT_RESERVE_COMMAND {
    uint32_t Version;
    uint32_t Size;
    NTDDSTOR_EXTENSION_ union {
        struct {
            uint8_t ServiceAction : 5;
            uint8_t Reserved1 : 3;
            uint16_t AllocationLength; /* at most the output buffer's length */
        } PR_IN;
        struct {
            uint8_t ServiceAction : 5;
            uint8_t Reserved1 : 3;
            uint8_t Type : 4;
            uint8_t Scope : 4;
            uint8_t ParameterList[0]; /* a PRO_PARAMETER_LIST */
        } PR_OUT;
    } NTDDSTOR_UNION_;
} PERSISTENT_RESERVE_COMMAND, *PPERSISTENT_RESERVE_COMMAND;

/* Length: sizeof(STORAGE_BREAK_RESERVATION_REQUEST). The rest is a SCSI address on the adapter. */
typedef struct STORAGE_BREAK_RESERVATION_REQUEST {
    uint32_t Length;
    uint8_t _unused;
    uint8_t PathId;
    uint8_t TargetId;
    uint8_t Lun;
} STORAGE_BREAK_RESERVATION_REQUEST, *PSTORAGE_BREAK_RESERVATION_REQUEST;
#endif

#if defined(NTDDSTOR_OWN_BUS_RESET_)
typedef struct _STORAGE_BUS_RESET_REQUEST {
    uint8_t PathId;
} STORAGE_BUS_RESET_REQUEST, *PSTORAGE_BUS_RESET_REQUEST;
#endif

#if defined(NTDDSTOR_OWN_PARAMETERS_)
/* PERSISTENT RESERVE IN, READ KEYS (SPC-3 6.11.2). AdditionalLength: bytes of all keys there are,
 * also of those that did not fit. */
NTDDSTOR_EXTENSION_ typedef struct _PRI_REGISTRATION_LIST {
    uint8_t Generation[4];
    uint8_t AdditionalLength[4];
    uint8_t ReservationKeyList[0][8];
} PRI_REGISTRATION_LIST, *PPRI_REGISTRATION_LIST;

NTDDSTOR_EXTENSION_ typedef struct _PRI_RESERVATION_DESCRIPTOR {
    uint8_t ReservationKey[8];
    uint8_t ScopeSpecificAddress[4];
    uint8_t Reserved;
    uint8_t Type : 4;
    uint8_t Scope : 4;
    uint8_t Obsolete[2];
} PRI_RESERVATION_DESCRIPTOR, *PPRI_RESERVATION_DESCRIPTOR;

/* PERSISTENT RESERVE IN, READ RESERVATION (SPC-3 6.11.3): none or one descriptor. */
NTDDSTOR_EXTENSION_ typedef struct _PRI_RESERVATION_LIST {
    uint8_t Generation[4];
    uint8_t AdditionalLength[4];
    PRI_RESERVATION_DESCRIPTOR Reservations[0];
} PRI_RESERVATION_LIST, *PPRI_RESERVATION_LIST;

/* PERSISTENT RESERVE OUT (SPC-3 6.12.3). Older WDK have Reserved1 : 7 and no port bits. */
NTDDSTOR_EXTENSION_ typedef struct _PRO_PARAMETER_LIST {
    uint8_t ReservationKey[8];
    uint8_t ServiceActionReservationKey[8];
    uint8_t ScopeSpecificAddress[4];
    uint8_t ActivatePersistThroughPowerLoss : 1;
    uint8_t Reserved1 : 1;
    uint8_t AllTargetPorts : 1;
    uint8_t SpecifyInitiatorPorts : 1;
    uint8_t Reserved2 : 4;
    uint8_t Reserved3;
    uint8_t Obsolete[2];
} PRO_PARAMETER_LIST, *PPRO_PARAMETER_LIST;
#endif

#pragma pack(pop)
#if defined(_MSC_VER)
#pragma warning(pop)
#endif

/* ---- Windows' ABI, asserted for whoever's definitions are in use ---- */

#if (defined(__cplusplus) && __cplusplus >= 201103L) || (defined(_MSC_VER) && defined(__cplusplus))
#define NTDDSTOR_ASSERT_(condition, message) static_assert(condition, message)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define NTDDSTOR_ASSERT_(condition, message) _Static_assert(condition, message)
#else
#define NTDDSTOR_ASSERT_(condition, message) extern char ntddstor_assert_[(condition) ? 1 : -1]
#endif
#define NTDDSTOR_VALUE_(name, value) NTDDSTOR_ASSERT_((name) == (value), "ntddstor: " #name)
#define NTDDSTOR_SIZE_(type, size) \
    NTDDSTOR_ASSERT_(sizeof(type) == (size), "ntddstor: size: " #type)
#define NTDDSTOR_OFFSET_(type, member, offset) \
    NTDDSTOR_ASSERT_(offsetof(type, member) == (offset), "ntddstor: offset: " #type "." #member)
#define NTDDSTOR_MEMBER_(type, member, offset, size) \
    NTDDSTOR_OFFSET_(type, member, offset);          \
    NTDDSTOR_ASSERT_(sizeof(((type *)0)->member) == (size), "ntddstor: size: " #type "." #member)

NTDDSTOR_VALUE_(IOCTL_DISK_RESERVE, 0x00074810);
NTDDSTOR_VALUE_(IOCTL_DISK_RELEASE, 0x00074814);
NTDDSTOR_VALUE_(IOCTL_STORAGE_RESERVE, 0x002d4810);
NTDDSTOR_VALUE_(IOCTL_STORAGE_RELEASE, 0x002d4814);
NTDDSTOR_VALUE_(IOCTL_STORAGE_RESET_BUS, 0x002d5000);
NTDDSTOR_VALUE_(IOCTL_STORAGE_RESET_DEVICE, 0x002d5004);
NTDDSTOR_VALUE_(OBSOLETE_IOCTL_STORAGE_RESET_BUS, 0x002dd000);
NTDDSTOR_VALUE_(OBSOLETE_IOCTL_STORAGE_RESET_DEVICE, 0x002dd004);
NTDDSTOR_VALUE_(IOCTL_STORAGE_BREAK_RESERVATION, 0x002d5014);
NTDDSTOR_VALUE_(IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 0x002d5018);
NTDDSTOR_VALUE_(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, 0x002dd01c);

NTDDSTOR_SIZE_(PERSISTENT_RESERVE_COMMAND, 12);
NTDDSTOR_MEMBER_(PERSISTENT_RESERVE_COMMAND, Version, 0, 4);
NTDDSTOR_MEMBER_(PERSISTENT_RESERVE_COMMAND, Size, 4, 4);
/* Microsoft's SDKs differ in whether NONAMELESSUNION names this union. */
#if !defined(NONAMELESSUNION) || defined(NTDDSTOR_OWN_COMMAND_) || defined(__MINGW32__)
NTDDSTOR_MEMBER_(PERSISTENT_RESERVE_COMMAND, NTDDSTOR_COMMAND_(PR_IN), 8, 4);
NTDDSTOR_MEMBER_(PERSISTENT_RESERVE_COMMAND, NTDDSTOR_COMMAND_(PR_IN.AllocationLength), 10, 2);
NTDDSTOR_MEMBER_(PERSISTENT_RESERVE_COMMAND, NTDDSTOR_COMMAND_(PR_OUT), 8, 2);
NTDDSTOR_OFFSET_(PERSISTENT_RESERVE_COMMAND, NTDDSTOR_COMMAND_(PR_OUT.ParameterList), 10);
#endif

NTDDSTOR_SIZE_(STORAGE_BREAK_RESERVATION_REQUEST, 8);
NTDDSTOR_MEMBER_(STORAGE_BREAK_RESERVATION_REQUEST, Length, 0, 4);
NTDDSTOR_MEMBER_(STORAGE_BREAK_RESERVATION_REQUEST, PathId, 5, 1);
NTDDSTOR_MEMBER_(STORAGE_BREAK_RESERVATION_REQUEST, TargetId, 6, 1);
NTDDSTOR_MEMBER_(STORAGE_BREAK_RESERVATION_REQUEST, Lun, 7, 1);
NTDDSTOR_SIZE_(STORAGE_BUS_RESET_REQUEST, 1);
NTDDSTOR_MEMBER_(STORAGE_BUS_RESET_REQUEST, PathId, 0, 1);

NTDDSTOR_SIZE_(PRI_REGISTRATION_LIST, 8);
NTDDSTOR_MEMBER_(PRI_REGISTRATION_LIST, Generation, 0, 4);
NTDDSTOR_MEMBER_(PRI_REGISTRATION_LIST, AdditionalLength, 4, 4);
NTDDSTOR_OFFSET_(PRI_REGISTRATION_LIST, ReservationKeyList, 8);
NTDDSTOR_SIZE_(PRI_RESERVATION_LIST, 8);
NTDDSTOR_MEMBER_(PRI_RESERVATION_LIST, Generation, 0, 4);
NTDDSTOR_MEMBER_(PRI_RESERVATION_LIST, AdditionalLength, 4, 4);
NTDDSTOR_OFFSET_(PRI_RESERVATION_LIST, Reservations, 8);
NTDDSTOR_SIZE_(PRI_RESERVATION_DESCRIPTOR, 16);
NTDDSTOR_MEMBER_(PRI_RESERVATION_DESCRIPTOR, ReservationKey, 0, 8);
NTDDSTOR_MEMBER_(PRI_RESERVATION_DESCRIPTOR, ScopeSpecificAddress, 8, 4);
NTDDSTOR_MEMBER_(PRI_RESERVATION_DESCRIPTOR, Reserved, 12, 1);
NTDDSTOR_MEMBER_(PRI_RESERVATION_DESCRIPTOR, Obsolete, 14, 2);
NTDDSTOR_SIZE_(PRO_PARAMETER_LIST, 24);
NTDDSTOR_MEMBER_(PRO_PARAMETER_LIST, ReservationKey, 0, 8);
NTDDSTOR_MEMBER_(PRO_PARAMETER_LIST, ServiceActionReservationKey, 8, 8);
NTDDSTOR_MEMBER_(PRO_PARAMETER_LIST, ScopeSpecificAddress, 16, 4);
NTDDSTOR_MEMBER_(PRO_PARAMETER_LIST, Obsolete, 22, 2);

#undef NTDDSTOR_ASSERT_
#undef NTDDSTOR_VALUE_
#undef NTDDSTOR_SIZE_
#undef NTDDSTOR_OFFSET_
#undef NTDDSTOR_MEMBER_
#undef NTDDSTOR_COMMAND_
#undef NTDDSTOR_UNION_
#undef NTDDSTOR_EXTENSION_
#undef NTDDSTOR_OWN_COMMAND_
#undef NTDDSTOR_OWN_BUS_RESET_
#undef NTDDSTOR_OWN_PARAMETERS_

#endif
