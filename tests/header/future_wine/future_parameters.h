/* WDK scsi.h's part, as a later Wine or a program's own copy may have it. */
#ifndef FUTURE_PARAMETERS_H
#define FUTURE_PARAMETERS_H

#define RESERVATION_ACTION_READ_KEYS                0x0
#define RESERVATION_ACTION_READ_RESERVATIONS        0x1
#define RESERVATION_ACTION_REGISTER                 0x0
#define RESERVATION_ACTION_RESERVE                  0x1
#define RESERVATION_ACTION_RELEASE                  0x2
#define RESERVATION_ACTION_CLEAR                    0x3
#define RESERVATION_ACTION_PREEMPT                  0x4
#define RESERVATION_ACTION_PREEMPT_ABORT            0x5
#define RESERVATION_ACTION_REGISTER_IGNORE_EXISTING 0x6

#define RESERVATION_SCOPE_LU      0x0
#define RESERVATION_SCOPE_ELEMENT 0x2

#define RESERVATION_TYPE_WRITE_EXCLUSIVE             0x1
#define RESERVATION_TYPE_EXCLUSIVE                   0x3
#define RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS 0x5
#define RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS       0x6

typedef struct _PRI_REGISTRATION_LIST {
    BYTE Generation[4];
    BYTE AdditionalLength[4];
    BYTE ReservationKeyList[0][8];
} PRI_REGISTRATION_LIST, *PPRI_REGISTRATION_LIST;

typedef struct _PRI_RESERVATION_DESCRIPTOR {
    BYTE ReservationKey[8];
    BYTE ScopeSpecificAddress[4];
    BYTE Reserved;
    BYTE Type : 4;
    BYTE Scope : 4;
    BYTE Obsolete[2];
} PRI_RESERVATION_DESCRIPTOR, *PPRI_RESERVATION_DESCRIPTOR;

typedef struct _PRI_RESERVATION_LIST {
    BYTE Generation[4];
    BYTE AdditionalLength[4];
    PRI_RESERVATION_DESCRIPTOR Reservations[0];
} PRI_RESERVATION_LIST, *PPRI_RESERVATION_LIST;

typedef struct _PRO_PARAMETER_LIST {
    BYTE ReservationKey[8];
    BYTE ServiceActionReservationKey[8];
    BYTE ScopeSpecificAddress[4];
    BYTE ActivatePersistThroughPowerLoss : 1;
    BYTE Reserved1 : 1;
    BYTE AllTargetPorts : 1;
    BYTE SpecifyInitiatorPorts : 1;
    BYTE Reserved2 : 4;
    BYTE Reserved3;
    BYTE Obsolete[2];
} PRO_PARAMETER_LIST, *PPRO_PARAMETER_LIST;

#endif
