/* The two requests that are resets and not commands. */
#ifndef HOLDFAST_RESERVATION_BREAK_H
#define HOLDFAST_RESERVATION_BREAK_H

#include "reservation.h"

/* Frees the unit of a RESERVE by another initiator: logical unit reset, target reset, bus reset,
 * until a TEST UNIT READY shows that it is free. A persistent reservation outlives all three and
 * is no hindrance. Source: semantics 4, DDI ioctl_storage_break_reservation. */
void reservation_break(const struct reservation_disk *disk, struct reservation_outcome *outcome);

/* The bus reset alone. Nothing is promised about reservations, so nothing is asked afterwards. */
void reservation_reset_bus(const struct reservation_disk *disk,
                           struct reservation_outcome *outcome);

#endif
