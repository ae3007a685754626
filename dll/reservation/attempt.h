/* One attempt of a command: send it, judge what came back. */
#ifndef HOLDFAST_RESERVATION_ATTEMPT_H
#define HOLDFAST_RESERVATION_ATTEMPT_H

#include "judge.h"
#include "reservation.h"

/* Sends outcome->command once, counts the attempt and keeps its result in `outcome`. A command
 * that never reached the device gets a verdict of its own, which is always final. */
struct reservation_verdict reservation_attempt(const struct reservation_disk *disk,
                                               struct reservation_outcome *outcome);

#endif
