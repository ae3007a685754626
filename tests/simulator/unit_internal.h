/* What the parts of the model share. */
#ifndef SIMULATOR_UNIT_INTERNAL_H
#define SIMULATOR_UNIT_INTERNAL_H

#include "unit.h"

#include <stddef.h>

enum unit_opcode {
    OP_TEST_UNIT_READY = 0x00,
    OP_REQUEST_SENSE = 0x03,
    OP_READ_6 = 0x08,
    OP_WRITE_6 = 0x0a,
    OP_INQUIRY = 0x12,
    OP_RESERVE_6 = 0x16,
    OP_RELEASE_6 = 0x17,
    OP_MODE_SENSE_6 = 0x1a,
    OP_READ_CAPACITY_10 = 0x25,
    OP_READ_10 = 0x28,
    OP_WRITE_10 = 0x2a,
    OP_SYNCHRONIZE_CACHE_10 = 0x35,
    OP_RESERVE_10 = 0x56,
    OP_RELEASE_10 = 0x57,
    OP_MODE_SENSE_10 = 0x5a,
    OP_PERSISTENT_RESERVE_IN = 0x5e,
    OP_PERSISTENT_RESERVE_OUT = 0x5f,
    OP_READ_16 = 0x88,
    OP_WRITE_16 = 0x8a,
    OP_SYNCHRONIZE_CACHE_16 = 0x91,
    OP_SERVICE_ACTION_IN_16 = 0x9e,
    OP_REPORT_LUNS = 0xa0,
};

/* SPC-4 table 51. */
enum unit_type {
    TYPE_NONE = 0,
    TYPE_WRITE_EXCLUSIVE = 1,
    TYPE_EXCLUSIVE_ACCESS = 3,
    TYPE_WRITE_EXCLUSIVE_REGISTRANTS = 5,
    TYPE_EXCLUSIVE_ACCESS_REGISTRANTS = 6,
    TYPE_WRITE_EXCLUSIVE_ALL = 7,
    TYPE_EXCLUSIVE_ACCESS_ALL = 8,
};

/* SPC-4 annex F. */
static const struct unit_sense invalid_opcode = {5, 0x20, 0x00},
                               invalid_field_in_cdb = {5, 0x24, 0},
                               invalid_field_in_list = {5, 0x26, 0x00},
                               invalid_release = {5, 0x26, 0x04}, bad_list_length = {5, 0x1a, 0x00},
                               no_room = {5, 0x55, 0x04}, out_of_range = {5, 0x21, 0x00},
                               medium_error = {3, 0x11, 0x00},
                               reservations_preempted = {6, 0x2a, 0x03},
                               reservations_released = {6, 0x2a, 0x04},
                               registrations_preempted = {6, 0x2a, 0x05};

/* One command on its way through the model. */
struct unit_call {
    struct unit *unit;
    unsigned int nexus;
    const struct unit_command *command;
    struct unit_answer answer;
};

/* What a command needs of reservations, SPC-3 tables 31 to 33 and SBC-2's. */
enum unit_access {
    ACCESS_ALWAYS,
    ACCESS_READY, /* stopped by RESERVE(6) only */
    ACCESS_READ,
    ACCESS_WRITE,
    ACCESS_PERSISTENT,
    ACCESS_RESERVE,
    ACCESS_RELEASE,
};

bool unit_is_holder(const struct unit *unit, unsigned int nexus);
bool unit_type_is_for_all(uint8_t type);
bool unit_type_is_for_registrants(uint8_t type); /* all of them, or only the holder's fellows */
bool unit_access_conflicts(const struct unit *unit, unsigned int nexus, enum unit_access access);

void unit_check_condition(struct unit_call *call, struct unit_sense sense);
void unit_conflict(struct unit_call *call);
/* Data for the initiator, cut to the allocation length and to what the transport takes. */
void unit_return_data(struct unit_call *call, const uint8_t *data, uint32_t length,
                      uint32_t allocation_length);
void unit_attend(struct unit_nexus *nexus, struct unit_sense sense);
void unit_attend_others(struct unit *unit, unsigned int nexus, struct unit_sense sense);
struct unit_sense unit_take_attention(struct unit_nexus *nexus);

uint32_t unit_get(const uint8_t *bytes, unsigned int count);
void unit_put(uint8_t *bytes, unsigned int count, uint64_t value);

void unit_persistent_reserve_in(struct unit_call *call);
void unit_persistent_reserve_out(struct unit_call *call);
void unit_reserve(struct unit_call *call);
void unit_release(struct unit_call *call);
void unit_inquiry(struct unit_call *call);
void unit_mode_sense(struct unit_call *call);
void unit_report_luns(struct unit_call *call);
void unit_read_capacity(struct unit_call *call);
void unit_read_write(struct unit_call *call);

#endif
