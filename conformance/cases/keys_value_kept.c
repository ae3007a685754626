/* Every bit of a key comes back, in the list of keys and as the holder's. */
#include "../steps.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint16_t number; /* the lower bits; the others are the run's mark */
} rows[] = {
    {"0001", 0x0001}, {"0080", 0x0080}, {"00ff", 0x00ff}, {"0100", 0x0100},
    {"1234", 0x1234}, {"8000", 0x8000}, {"ff00", 0xff00}, {"ffff", 0xffff},
};

static void run(struct test *test, unsigned row)
{
    const uint64_t key = unit_key(test, rows[row].number);
    const struct unit_state held = {{key, 0}, NODE_1, RESERVATION_TYPE_WRITE_EXCLUSIVE, NOBODY};
    const struct pr_out leave = {.action = RESERVATION_ACTION_REGISTER, .key = key};

    if (arrange(test, &held) && expect_unit(test, &held) &&
        expect_out(test, NODE_1, &leave, NT_STATUS_SUCCESS))
        expect_unit(test, &unit_free);
}

const struct behaviour keys_value_kept = {
    .name = "keys.value_kept",
    .source = "DDI PRO_PARAMETER_LIST, PRI_REGISTRATION_LIST (raw bytes)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
