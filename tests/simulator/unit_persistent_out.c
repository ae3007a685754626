/* PERSISTENT RESERVE OUT, SPC-3 5.6 and 6.12. */
#include "unit_internal.h"

#include <string.h>

enum { LIST_LENGTH = 24, FLAG_APTPL = 0x01, FLAGS_KNOWN = FLAG_APTPL };

struct parameters {
    const uint8_t *key, *action_key;
    uint8_t scope, type;
    bool persists;
};

static const uint8_t no_key[UNIT_KEY];

static bool is_same(const uint8_t *a, const uint8_t *b)
{
    return memcmp(a, b, UNIT_KEY) == 0;
}

static struct unit_nexus *self(struct unit_call *call)
{
    return &call->unit->nexus[call->nexus];
}

static uint32_t registrations(const struct unit *unit)
{
    uint32_t count = 0;

    for (unsigned int i = 0; i < UNIT_NEXUSES; i++)
        count += unit->nexus[i].is_registered;
    return count;
}

static void end_reservation(struct unit *unit)
{
    unit->type = TYPE_NONE;
    unit->holder = UNIT_ANY;
}

/* Takes one registration away, and with it the reservation that it held, SPC-3 5.6.10.3. */
static void unregister(struct unit *unit, unsigned int nexus)
{
    const uint8_t type = unit->type;
    const bool held = unit_is_holder(unit, nexus);

    unit->nexus[nexus].is_registered = false;
    memset(unit->nexus[nexus].key, 0, UNIT_KEY);
    if (!held || (unit_type_is_for_all(type) && registrations(unit) > 0))
        return;
    end_reservation(unit);
    if (unit_type_is_for_registrants(type))
        unit_attend_others(unit, nexus, reservations_released);
}

/* SPC-3 5.6.6. Scope and type are not looked at. */
static void set_registration(struct unit_call *call, const struct parameters *parameters)
{
    struct unit *unit = call->unit;
    struct unit_nexus *nexus = self(call);
    const bool ends = is_same(parameters->action_key, no_key);

    if (ends && !nexus->is_registered)
        return; /* "do nothing except return GOOD": table 34 */
    if (!nexus->is_registered && registrations(unit) >= unit->room) {
        unit_check_condition(call, no_room);
        return;
    }
    if (ends) {
        unregister(unit, call->nexus);
    } else {
        nexus->is_registered = true;
        memcpy(nexus->key, parameters->action_key, UNIT_KEY);
    }
    unit->persists = parameters->persists;
    unit->generation++;
}

static void do_register(struct unit_call *call, const struct parameters *parameters)
{
    const struct unit_nexus *nexus = self(call);

    if (is_same(parameters->key, nexus->is_registered ? nexus->key : no_key))
        set_registration(call, parameters);
    else
        unit_conflict(call);
}

static bool type_is_known(uint8_t type)
{
    return type == TYPE_WRITE_EXCLUSIVE || type == TYPE_EXCLUSIVE_ACCESS ||
           unit_type_is_for_registrants(type);
}

static void do_reserve(struct unit_call *call, const struct parameters *parameters)
{
    struct unit *unit = call->unit;

    if (!type_is_known(parameters->type)) {
        unit_check_condition(call, invalid_field_in_cdb);
    } else if (unit->type == TYPE_NONE) {
        unit->type = parameters->type;
        unit->holder = (int8_t)call->nexus;
    } else if (!unit_is_holder(unit, call->nexus) || unit->type != parameters->type) {
        unit_conflict(call);
    }
}

/* SPC-3 5.6.10.2. A registrant that holds nothing is told GOOD. */
static void do_release(struct unit_call *call, const struct parameters *parameters)
{
    struct unit *unit = call->unit;
    const uint8_t type = unit->type;

    if (!unit_is_holder(unit, call->nexus))
        return;
    if (parameters->scope != 0 || parameters->type != type) {
        unit_check_condition(call, invalid_release);
        return;
    }
    end_reservation(unit);
    if (unit_type_is_for_registrants(type))
        unit_attend_others(unit, call->nexus, reservations_released);
}

static void do_clear(struct unit_call *call, const struct parameters *parameters)
{
    struct unit *unit = call->unit;

    (void)parameters;
    unit_attend_others(unit, call->nexus, reservations_preempted);
    end_reservation(unit);
    for (unsigned int i = 0; i < UNIT_NEXUSES; i++)
        unregister(unit, i);
    unit->generation++;
}

/* SPC-3 5.6.10.4.3: the reservation changes hands; who preempts keeps its registration. */
static void preempt_holder(struct unit_call *call, const struct parameters *parameters)
{
    struct unit *unit = call->unit;
    const bool everybody = is_same(parameters->action_key, no_key);
    const uint8_t former = unit->type;

    end_reservation(unit);
    for (unsigned int i = 0; i < UNIT_NEXUSES; i++) {
        if (i == call->nexus || !unit->nexus[i].is_registered ||
            !(everybody || is_same(unit->nexus[i].key, parameters->action_key)))
            continue;
        unregister(unit, i);
        unit_attend(&unit->nexus[i], registrations_preempted);
    }
    if (former != parameters->type)
        unit_attend_others(unit, call->nexus, reservations_released);
    unit->type = parameters->type;
    unit->holder = (int8_t)call->nexus;
    unit->generation++;
}

/* SPC-3 5.6.10.4.4: registrations only, one's own too where it has that key. */
static void preempt_registrations(struct unit_call *call, const struct parameters *parameters)
{
    struct unit *unit = call->unit;
    bool found = false;

    for (unsigned int i = 0; i < UNIT_NEXUSES; i++) {
        if (!unit->nexus[i].is_registered || !is_same(unit->nexus[i].key, parameters->action_key))
            continue;
        found = true;
        unregister(unit, i);
        if (i != call->nexus)
            unit_attend(&unit->nexus[i], registrations_preempted);
    }
    if (found)
        unit->generation++;
    else
        unit_conflict(call);
}

static void do_preempt(struct unit_call *call, const struct parameters *parameters)
{
    const struct unit *unit = call->unit;
    const bool for_all = unit_type_is_for_all(unit->type);
    const bool is_zero = is_same(parameters->action_key, no_key);
    const bool names_holder =
        for_all ? is_zero
                : unit->type != TYPE_NONE &&
                      is_same(unit->nexus[unit->holder].key, parameters->action_key);

    if (is_zero && !for_all)
        unit_check_condition(call, invalid_field_in_list);
    else if (names_holder && !type_is_known(parameters->type))
        unit_check_condition(call, invalid_field_in_cdb);
    else if (names_holder)
        preempt_holder(call, parameters);
    else
        preempt_registrations(call, parameters);
}

/* In the order of the service actions, SPC-4 table 205. */
static const struct action {
    void (*run)(struct unit_call *call, const struct parameters *parameters);
    bool is_for_registrants; /* RESERVATION CONFLICT to others, and with another key */
    bool wants_unit_scope;
} actions[] = {
    {do_register, false, false},      {do_reserve, true, true}, {do_release, true, false},
    {do_clear, true, false},          {do_preempt, true, true}, {do_preempt, true, true},
    {set_registration, false, false},
};

void unit_persistent_reserve_out(struct unit_call *call)
{
    const struct unit_command *command = call->command;
    const uint8_t number = command->cdb[1] & 0x1f;
    const struct action *action =
        number < sizeof(actions) / sizeof(actions[0]) ? &actions[number] : NULL;
    const struct unit_nexus *nexus = self(call);
    struct parameters parameters = {
        .scope = command->cdb[2] >> 4,
        .type = command->cdb[2] & 0x0f,
    };

    if (!action || (action->wants_unit_scope && parameters.scope != 0)) {
        unit_check_condition(call, invalid_field_in_cdb);
        return;
    }
    if (unit_get(&command->cdb[5], 4) != LIST_LENGTH || command->length < LIST_LENGTH ||
        !command->is_out) {
        unit_check_condition(call, bad_list_length);
        return;
    }
    if (command->data[20] & ~FLAGS_KNOWN) { /* SPEC_I_PT and ALL_TG_PT: not supported */
        unit_check_condition(call, invalid_field_in_list);
        return;
    }
    parameters.key = command->data;
    parameters.action_key = command->data + UNIT_KEY;
    parameters.persists = command->data[20] & FLAG_APTPL;
    call->answer.transferred = LIST_LENGTH;
    if (action->is_for_registrants &&
        (!nexus->is_registered || !is_same(nexus->key, parameters.key)))
        unit_conflict(call);
    else
        action->run(call, &parameters);
}
