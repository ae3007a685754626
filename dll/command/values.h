/* What people write for reservation keys and types, and how we write them back. */
#ifndef HOLDFAST_COMMAND_VALUES_H
#define HOLDFAST_COMMAND_VALUES_H

#include <stdbool.h>
#include <stdint.h>

/* 1 to 16 hexadecimal digits with or without 0x. */
bool key_parse(const char *text, uint64_t *key);

/* Keys travel big endian (SPC-4 6.15.2). */
uint64_t key_from_bytes(const uint8_t bytes[8]);
void key_to_bytes(uint64_t key, uint8_t bytes[8]);
uint32_t read_big_endian_32(const uint8_t bytes[4]);

struct reservation_type {
    uint8_t number; /* SPC-4 table 173 */
    bool settable;  /* Windows refuses the other types before any disk sees them */
    const char *name;
    const char *short_name;
};

/* Ends with number 0. */
extern const struct reservation_type reservation_types[];

/* A name, a short name or a number. NULL for anything else. */
const struct reservation_type *type_parse(const char *text);

/* NULL for a number that no standard has. */
const struct reservation_type *type_from_number(uint8_t number);

/* "logical-unit", "element", or NULL. */
const char *scope_name(uint8_t scope);

#endif
