/* The texts in the simulator's folder that change what the unit does.
 *
 * lacks: a word a line: pr, legacy6, legacy (both lengths), reset, device (every request ENODEV),
 * privilege (EPERM as for a user without CAP_SYS_RAWIO), and "room N".
 * inject: a line for each order, numbers in hexadecimal but for COUNT,
 *     [node1|node2] OPCODE COUNT STATUS [KEY ASC ASCQ [HOST]]
 * where OPCODE may be "*". The next COUNT commands of this opcode get this answer and have no
 * effect. Lines that are neither are reported. */
#ifndef SIMULATOR_ORDERS_H
#define SIMULATOR_ORDERS_H

#include "unit.h"

/* Both change nothing of what the text does not name, but replace all former orders. Return the
 * number of lines that they did not understand. text is changed. */
unsigned int orders_lacks(struct unit *unit, char *text);
unsigned int orders_inject(struct unit *unit, char *text);

#endif
