/* The unit as it is, for the program around the cases: no expectations, no recording. By SCSI
 * pass-through where that works, because what is looked after must not depend on what is tested;
 * else by the control codes. Portable. */
#ifndef CONFORMANCE_UNIT_ACCESS_H
#define CONFORMANCE_UNIT_ACCESS_H

#include "node.h"

enum reply {
    REPLY_DONE,
    REPLY_CONFLICT,    /* RESERVATION CONFLICT */
    REPLY_UNSUPPORTED, /* the disk does not know the command */
    REPLY_NO_DOOR,     /* neither pass-through nor the control code exists here */
    REPLY_FAILED,      /* anything else */
};

const char *reply_words(enum reply reply);

enum { UNIT_KEYS_MAX = 255 }; /* what fits a pass-through with a one-page buffer, and to spare */

struct unit_keys {
    uint32_t generation;
    uint32_t total; /* on the disk */
    uint32_t count; /* below */
    uint64_t key[UNIT_KEYS_MAX];
};

struct unit_reservation {
    bool held;
    uint64_t key; /* 0 where all registrants hold it */
    uint8_t scope, type;
};

enum reply unit_read_keys(struct node *node, struct unit_keys *keys);
enum reply unit_read_reservation(struct node *node, struct unit_reservation *reservation);
enum reply unit_pr_out(struct node *node, const struct pr_out *out);
/* REGISTER: does nothing unless the node has registered `old_key`. */
enum reply unit_register(struct node *node, uint64_t old_key, uint64_t key);

/* RESERVE(6) and RELEASE(6), or (10) where the disk knows those alone; the whole unit. */
enum reply unit_reserve(struct node *node);
enum reply unit_release(struct node *node);

/* TEST UNIT READY: a conflict is somebody else's RESERVE. Pass-through only. */
enum reply unit_test_ready(struct node *node);

/* One command by pass-through alone; unit attentions are taken, and the command is sent again. */
enum reply unit_command(struct node *node, const struct scsi_request *request,
                        struct scsi_answer *answer);

/* One block by READ(10) or WRITE(10), else by ReadFile or WriteFile. `size` is the block's, at most
 * SCSI_DATA_MAX. */
enum reply unit_read_block(struct node *node, uint32_t block, uint32_t size, uint8_t *data);
enum reply unit_write_block(struct node *node, uint32_t block, uint32_t size, const uint8_t *data);

#endif
