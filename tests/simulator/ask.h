/* For the tests of the model: one unit, asked in a line. */
#ifndef SIMULATOR_ASK_H
#define SIMULATOR_ASK_H

#include "unit_internal.h"

#include "../unit/expect.h"

enum { NODE_1, NODE_2, KEY_1 = 0xa1, KEY_2 = 0xb2, BLOCKS = 256 };

/* Status and sense in one number: 0x18, 0x02062a05. */
enum { CHECK = 0x02000000 };

enum action { REGISTER, RESERVE, RELEASE, CLEAR, PREEMPT, PREEMPT_AND_ABORT, REGISTER_IGNORE };

struct asked {
    struct unit unit;
    uint8_t data[1024]; /* of the last command */
    uint32_t transferred;
    uint8_t blocks[BLOCKS * UNIT_BLOCK];
};

/* A new unit of 256 blocks, with nodes 1 and 2 registered where wanted. */
void ask_new(struct asked *asked, bool first, bool second);

uint32_t ask_cdb(struct asked *asked, unsigned int nexus, const uint8_t *cdb, size_t cdb_length,
                 uint32_t length, bool is_out);
uint32_t ask_plain(struct asked *asked, unsigned int nexus, uint8_t opcode);
uint32_t ask_pr_in(struct asked *asked, unsigned int nexus, uint8_t action, uint16_t length);
uint32_t ask_pr_out(struct asked *asked, unsigned int nexus, enum action action, uint8_t scope_type,
                    uint8_t key, uint8_t action_key);

/* The next unit attention, as TEST UNIT READY tells it; 0: none. */
uint32_t ask_attention(struct asked *asked, unsigned int nexus);

#endif
