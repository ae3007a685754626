/* As theirs in what differs: of the reservation codes it has only the two oldest, and none of the
 * structures. */
#ifndef STANDIN_WINIOCTL_H
#define STANDIN_WINIOCTL_H

#define _PERSISTENT_RESERVE_COMMAND        standin_hidden_command
#define PERSISTENT_RESERVE_COMMAND         standin_hidden_command_t
#define PPERSISTENT_RESERVE_COMMAND        standin_hidden_command_p
#define STORAGE_BREAK_RESERVATION_REQUEST  standin_hidden_break_t
#define PSTORAGE_BREAK_RESERVATION_REQUEST standin_hidden_break_p
#define _STORAGE_BUS_RESET_REQUEST         standin_hidden_bus
#define STORAGE_BUS_RESET_REQUEST          standin_hidden_bus_t
#define PSTORAGE_BUS_RESET_REQUEST         standin_hidden_bus_p
#include_next <winioctl.h>
#undef _NTDDSTOR_H_
#undef _PERSISTENT_RESERVE_COMMAND
#undef PERSISTENT_RESERVE_COMMAND
#undef PPERSISTENT_RESERVE_COMMAND
#undef STORAGE_BREAK_RESERVATION_REQUEST
#undef PSTORAGE_BREAK_RESERVATION_REQUEST
#undef _STORAGE_BUS_RESET_REQUEST
#undef STORAGE_BUS_RESET_REQUEST
#undef PSTORAGE_BUS_RESET_REQUEST

#undef OBSOLETE_IOCTL_STORAGE_RESET_BUS
#undef OBSOLETE_IOCTL_STORAGE_RESET_DEVICE
#undef IOCTL_STORAGE_BREAK_RESERVATION
#undef IOCTL_STORAGE_PERSISTENT_RESERVE_IN
#undef IOCTL_STORAGE_PERSISTENT_RESERVE_OUT

#endif
