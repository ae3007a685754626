/* What a disk says of its persistent reservations, asked in a way that changes nothing and waits
 * for nobody. */
#ifndef HOLDFAST_LINUX_RESERVATION_STATE_H
#define HOLDFAST_LINUX_RESERVATION_STATE_H

#include "../scsi/transport.h"

#include <limits.h>
#include <stddef.h>

enum { STATE_KEYS_MAX = 64 };

enum state_answer {
    STATE_ANSWERED,
    STATE_UNSUPPORTED, /* the disk has no persistent reservations */
    STATE_CONFLICT,    /* another node has reserved it the old way (SPC-2 RESERVE) */
    STATE_NOT_READY,
    STATE_DENIED, /* this user may not ask */
    STATE_GONE,
    STATE_NO_ANSWER, /* in time */
    STATE_FAILED,
    STATE_ANSWERS
};

/* Sent through a pipe in one piece: smaller than PIPE_BUF. All but `answer` only with
 * STATE_ANSWERED. */
struct reservation_state {
    enum state_answer answer;
    uint32_t generation;
    uint32_t key_count, key_total; /* in `keys`, and registered */
    uint64_t keys[STATE_KEYS_MAX];
    bool is_reserved;
    uint64_t holder; /* 0 for the types where all registrants hold it */
    uint8_t type, scope;
    bool has_capabilities;         /* REPORT CAPABILITIES was answered; then: */
    bool keeps_through_power_loss; /* PTPL_C */
    uint16_t types;                /* bit N: type N can be set; 0: the disk does not say */
};

/* For people, and for programs. */
const char *state_answer_words(enum state_answer answer);
const char *state_answer_name(enum state_answer answer);

/* Asks through `transport`; each command may take `timeout_ms`. */
struct reservation_state state_ask(const struct scsi_transport *transport, void *disk,
                                   uint32_t timeout_ms);

/* A disk to be asked: its nodes, the better one first; NULL for one that is not there. */
struct state_question {
    const char *nodes[2];
    struct reservation_state state;
};

/* For people in front of a screen. */
enum { STATE_WAIT_MS = 6000 };

/* Asks all of them at once, each in a process of its own, because a disk that hangs can hold up
 * even open(2). Returns after `wait_ms` at most, or a multiple of it for more than 64 disks. */
void state_ask_all(struct state_question *questions, size_t count, uint32_t wait_ms);

#endif
