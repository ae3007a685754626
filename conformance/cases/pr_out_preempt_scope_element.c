/* Windows lets the ELEMENT scope through; a disk has none of its own, and does not do it. */
#include "../behaviour.h"
#include "../sweep.h"

static const struct {
    const char *name;
    enum situation situation;
} rows[] = {
    {"we_hold", WE_HOLD_OTHER_REGISTERED},
    {"both_registered", BOTH_REGISTERED},
    {"other_holds", OTHER_HOLDS_WE_REGISTERED},
};

static void run(struct test *test, unsigned row)
{
    scope_element_run(test, rows[row].situation, RESERVATION_ACTION_PREEMPT);
}

static uint32_t row_needs(unsigned row)
{
    return situation_needs(rows[row].situation);
}

const struct behaviour pr_out_preempt_scope_element = {
    .name = "pr_out.preempt.scope_element",
    .source = "classpnp utils.c ClasspPersistentReserve; SPC-4 5.12.11.2.4",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
