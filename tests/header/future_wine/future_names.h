/* What a later Wine may bring: the names of today's Windows headers, in Wine's manner, with no
 * macro to tell that the structures are there. Their layout is wrong on purpose: it shows whether
 * <ntddstor/reservation.h> relies on a definition that it cannot see. */
#ifndef FUTURE_NAMES_H
#define FUTURE_NAMES_H

typedef struct _PERSISTENT_RESERVE_COMMAND {
    BYTE future;
} PERSISTENT_RESERVE_COMMAND, *PPERSISTENT_RESERVE_COMMAND;

typedef struct STORAGE_BREAK_RESERVATION_REQUEST {
    BYTE future;
} STORAGE_BREAK_RESERVATION_REQUEST, *PSTORAGE_BREAK_RESERVATION_REQUEST;

#define OBSOLETE_IOCTL_STORAGE_RESET_BUS \
    CTL_CODE(IOCTL_STORAGE_BASE, 0x0400, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS)
#define OBSOLETE_IOCTL_STORAGE_RESET_DEVICE \
    CTL_CODE(IOCTL_STORAGE_BASE, 0x0401, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS)

#endif
