/* Who may do what while the unit is reserved, and the old reservations, RESERVE(6) and (10). */
#include "unit_internal.h"

bool unit_type_is_for_all(uint8_t type)
{
    return type == TYPE_WRITE_EXCLUSIVE_ALL || type == TYPE_EXCLUSIVE_ACCESS_ALL;
}

bool unit_type_is_for_registrants(uint8_t type)
{
    return type == TYPE_WRITE_EXCLUSIVE_REGISTRANTS || type == TYPE_EXCLUSIVE_ACCESS_REGISTRANTS ||
           unit_type_is_for_all(type);
}

bool unit_is_holder(const struct unit *unit, unsigned int nexus)
{
    if (unit_type_is_for_all(unit->type))
        return unit->nexus[nexus].is_registered;
    return unit->type != TYPE_NONE && unit->holder == (int8_t)nexus;
}

static bool lets_strangers_read(uint8_t type)
{
    return type == TYPE_NONE || type == TYPE_WRITE_EXCLUSIVE ||
           type == TYPE_WRITE_EXCLUSIVE_REGISTRANTS || type == TYPE_WRITE_EXCLUSIVE_ALL;
}

/* May use the unit as if it were not reserved. */
static bool has_part(const struct unit *unit, unsigned int nexus)
{
    return unit->type == TYPE_NONE || unit_is_holder(unit, nexus) ||
           (unit_type_is_for_registrants(unit->type) && unit->nexus[nexus].is_registered);
}

static bool has_registrations(const struct unit *unit)
{
    for (unsigned int i = 0; i < UNIT_NEXUSES; i++)
        if (unit->nexus[i].is_registered)
            return true;
    return false;
}

/* SPC-3 5.6.3: GOOD, and nothing is done, for who has part in the persistent reservation. */
static bool is_excepted(const struct unit *unit, unsigned int nexus)
{
    return unit->type != TYPE_NONE && has_part(unit, nexus);
}

bool unit_access_conflicts(const struct unit *unit, unsigned int nexus, enum unit_access access)
{
    const bool is_reserved = unit->legacy_holder != UNIT_ANY;
    const bool is_reserved_by_other = is_reserved && unit->legacy_holder != (int8_t)nexus;
    /* SPC-2 5.5.1: RESERVE and RELEASE conflict with registrations. */
    const bool is_registered_against = has_registrations(unit) && !is_excepted(unit, nexus);

    switch (access) {
    case ACCESS_READY:
        return is_reserved_by_other;
    case ACCESS_READ:
        return is_reserved_by_other || !(has_part(unit, nexus) || lets_strangers_read(unit->type));
    case ACCESS_WRITE:
        return is_reserved_by_other || !has_part(unit, nexus);
    case ACCESS_PERSISTENT:
        return is_reserved; /* SPC-2 5.5.1: whoever asks */
    case ACCESS_RESERVE:
        return is_reserved_by_other || is_registered_against;
    case ACCESS_RELEASE:
        return is_registered_against;
    default:
        return false;
    }
}

/* SPC-2 7.21: third-party and extent reservations, which nobody has any more. */
static bool asks_for_more(const struct unit_command *command)
{
    return (command->cdb[1] & 0x11) != 0;
}

void unit_reserve(struct unit_call *call)
{
    struct unit *unit = call->unit;

    if (asks_for_more(call->command))
        unit_check_condition(call, invalid_field_in_cdb);
    else if (!is_excepted(unit, call->nexus))
        unit->legacy_holder = (int8_t)call->nexus;
}

/* GOOD also for who does not hold it, SPC-2 7.16. */
void unit_release(struct unit_call *call)
{
    struct unit *unit = call->unit;

    if (asks_for_more(call->command))
        unit_check_condition(call, invalid_field_in_cdb);
    else if (unit->legacy_holder == (int8_t)call->nexus)
        unit->legacy_holder = UNIT_ANY;
}
