/* What a server does for a peer, and what it refuses whoever asks; and what the peer has left on
 * the disk when its session is over. Portable: the server's node is given. */
#ifndef CONFORMANCE_GUARD_H
#define CONFORMANCE_GUARD_H

#include "node.h"

#include <ntddstor/reservation.h>

/* The disk-typed forms of the PERSISTENT_RESERVE codes. Windows' class driver takes both for OUT
 * (classpnp utils.c ClasspPersistentReserve compares the code before it is rewritten), so both are
 * judged as OUT. */
enum {
    DISK_PERSISTENT_RESERVE_IN = NTDDSTOR_CONTROL_CODE(0x07, 0x406, 1),
    DISK_PERSISTENT_RESERVE_OUT = NTDDSTOR_CONTROL_CODE(0x07, 0x407, 3),
};

enum { GUARD_REASON_MAX = 160 };

/* By which door something came to the disk; it goes by the same one. */
enum guard_door { DOOR_NONE, DOOR_CODES, DOOR_SCSI };

struct guard {
    /* The operator's word. */
    bool reserve;                    /* --reserve: whatever changes reservations */
    bool data_loss;                  /* --data-loss: the work blocks may be read and written */
    bool bus_reset;                  /* --bus-reset */
    uint32_t block_size, work_block; /* the work area: WORK_BLOCKS blocks from here */
    /* What this session has, or may have, on the disk. */
    enum guard_door registered, reserved;
};

/* False, with the reason, for a request that is not to reach the disk:
 * - control codes: only those of the reservation family;
 * - SCSI: only the commands of the tables in guard.c, in their plain form;
 * - reading, writing and flushing: only with --data-loss, only inside the work area;
 * - PERSISTENT RESERVE OUT: each of its two keys is 0 or the suite's (key_mark.h), so that no
 *   other program's registration is removed or imitated. */
bool guard_allows_request(const struct guard *guard, const struct request *request,
                          char reason[GUARD_REASON_MAX]);
bool guard_allows_scsi(const struct guard *guard, const struct scsi_request *request,
                       char reason[GUARD_REASON_MAX]);
bool guard_allows_raw(const struct guard *guard, const struct raw_request *request,
                      char reason[GUARD_REASON_MAX]);

/* Remembers what an allowed request made of the disk. `answer` is NULL where there was none: then
 * it may have been done. */
void guard_note_request(struct guard *guard, const struct request *request,
                        const struct answer *answer);
void guard_note_scsi(struct guard *guard, const struct scsi_request *request,
                     const struct scsi_answer *answer);

/* Takes back the session's registration and RESERVE, if there may be any; harmless where the peer
 * or another initiator has already done so. False where the disk did not agree; `words` says what
 * was done, or is empty. */
bool guard_clean(struct guard *guard, struct node *node, char words[GUARD_REASON_MAX]);

#endif
