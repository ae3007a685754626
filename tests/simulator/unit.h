/* The model of one SCSI logical unit as two I_T nexuses see it. Strictly SPC-3 / SPC-4: it is meant
 * to be what a disk should be, not what some target makes of it. It knows neither Linux nor files;
 * all of its state is in struct unit, which has no pointer, so that processes can share it. */
#ifndef SIMULATOR_UNIT_H
#define SIMULATOR_UNIT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    UNIT_NEXUSES = 2,
    UNIT_KEY = 8,
    UNIT_CDB = 16,
    UNIT_BLOCK = 512,
    UNIT_SENSE = 18,
    UNIT_ATTENTIONS = 8,
    UNIT_ORDERS = 32,
    UNIT_ANY = -1, /* a nexus or an opcode */
};

enum unit_status {
    UNIT_GOOD = 0x00,
    UNIT_CHECK_CONDITION = 0x02,
    UNIT_CONFLICT = 0x18,
};

/* What can be taken away, as bits of unit.lacks. */
enum unit_lack {
    UNIT_LACKS_PERSISTENT = 1u << 0,
    UNIT_LACKS_LEGACY_6 = 1u << 1,
    UNIT_LACKS_LEGACY_10 = 1u << 2,
    UNIT_LACKS_RESET = 1u << 3,
    UNIT_LACKS_DEVICE = 1u << 4,    /* it was pulled out */
    UNIT_LACKS_PRIVILEGE = 1u << 5, /* the caller may send no reservation command and no reset */
};

enum unit_reset_level { UNIT_RESET_DEVICE, UNIT_RESET_TARGET, UNIT_RESET_BUS };

/* All zero: no sense data. */
struct unit_sense {
    uint8_t key, asc, ascq;
};

struct unit_nexus {
    bool is_registered;
    uint8_t key[UNIT_KEY];
    uint8_t attentions;
    struct unit_sense attention[UNIT_ATTENTIONS];
};

/* An answer that count commands of one opcode get in place of their own. */
struct unit_order {
    int32_t nexus, opcode;
    uint32_t count;
    uint8_t status, host_status;
    struct unit_sense sense;
};

struct unit {
    uint32_t number;             /* tells units apart: in serial number and NAA name */
    _Alignas(8) uint64_t blocks; /* 32-bit processes share the structure */
    uint32_t generation;
    uint8_t type;         /* of the persistent reservation; 0: none */
    int8_t holder;        /* its nexus, unless all registrants hold it */
    int8_t legacy_holder; /* by RESERVE(6) or (10), or UNIT_ANY: nobody */
    bool persists;        /* APTPL of the last registration */
    uint32_t lacks;       /* enum unit_lack */
    uint32_t room;        /* for so many registrations */
    struct unit_nexus nexus[UNIT_NEXUSES];
    struct unit_order orders[UNIT_ORDERS];
};

/* Where the blocks are. False: the medium failed. */
struct unit_medium {
    bool (*move)(void *context, bool is_write, uint64_t offset, void *data, uint32_t length);
    void *context;
};

struct unit_command {
    uint8_t cdb[UNIT_CDB];
    bool is_out;
    uint32_t length; /* of data, in bytes */
    uint8_t *data;
    const struct unit_medium *medium; /* NULL: the caller moves the blocks after a GOOD answer */
};

struct unit_answer {
    uint8_t status, host_status;
    struct unit_sense sense;
    uint32_t transferred;
};

void unit_init(struct unit *unit, uint32_t number, uint64_t blocks);

/* Runs one command of a nexus. Never reads or writes more than command->length bytes of data. */
struct unit_answer unit_execute(struct unit *unit, unsigned int nexus,
                                const struct unit_command *command);

/* SAM: ends a reservation by RESERVE(6) or (10), keeps persistent ones, and every nexus hears of
 * it. */
void unit_reset(struct unit *unit, enum unit_reset_level level);

/* Fixed format, SPC-4 4.5.3. Returns its length: 0 without sense. */
uint32_t unit_sense_data(const struct unit_sense *sense, uint8_t data[UNIT_SENSE]);

#endif
