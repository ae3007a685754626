/* Who a logical unit is, whichever path leads to it: what it says of itself in its vital product
 * data (SPC-4 7.8). */
#ifndef HOLDFAST_LINUX_UNIT_IDENTITY_H
#define HOLDFAST_LINUX_UNIT_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UNIT_DESIGNATOR_MAX = 264, UNIT_SERIAL_MAX = 256 };

/* All printable ASCII; empty where the unit does not say. */
struct unit_identity {
    char designator[UNIT_DESIGNATOR_MAX]; /* "naa.6001...", "eui.", "name.", "t10." */
    char serial[UNIT_SERIAL_MAX];
};

/* Takes the best designator of the logical unit from page 83h as it came, of `length` bytes. Leaves
 * `designator` empty where there is none. */
void unit_designator_from_page(char designator[UNIT_DESIGNATOR_MAX], const uint8_t *page,
                               size_t length);

/* The serial number from page 80h. */
void unit_serial_from_page(char serial[UNIT_SERIAL_MAX], const uint8_t *page, size_t length);

/* Whether both are known to be one unit. The serial number is unique for a vendor's model only;
 * `same_model` says whether that is the same. */
bool unit_is_same(const struct unit_identity *one, const struct unit_identity *other,
                  bool same_model);

#endif
