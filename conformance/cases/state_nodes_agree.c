/* Both nodes are told the same bytes, whoever is registered and holds. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

#include <string.h>

static const struct {
    const char *name;
    enum situation situation;
    uint8_t type;
} rows[] = {
    {"free", NOBODY_REGISTERED, 0},
    {"one_registered", WE_REGISTERED, 0},
    {"both_registered", BOTH_REGISTERED, 0},
    {"node_1_holds", WE_HOLD_OTHER_REGISTERED, RESERVATION_TYPE_WRITE_EXCLUSIVE},
    {"node_2_holds", OTHER_HOLDS_WE_REGISTERED, RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS},
    {"stranger_looks", OTHER_HOLDS, RESERVATION_TYPE_EXCLUSIVE},
};

enum { LENGTH = 64 };

static void compare(struct test *test, uint8_t action, const char *what)
{
    struct answer answers[NODES];

    for (unsigned node = 0; node < NODES; node++)
        if (!expect_in(test, node, action, LENGTH, &answers[node]))
            return;
    check(test,
          answers[NODE_1].bytes == answers[NODE_2].bytes &&
              memcmp(answers[NODE_1].output, answers[NODE_2].output, answers[NODE_1].bytes) == 0,
          what, "the same bytes for both nodes", "%u bytes, and %u, or others",
          (unsigned)answers[NODE_1].bytes, (unsigned)answers[NODE_2].bytes);
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state state =
        situation_state(test, NODE_1, rows[row].situation, rows[row].type);

    if (!arrange(test, &state))
        return;
    compare(test, RESERVATION_ACTION_READ_KEYS, "READ_KEYS");
    compare(test, RESERVATION_ACTION_READ_RESERVATIONS, "READ_RESERVATIONS");
    expect_unit(test, &state);
}

const struct behaviour state_nodes_agree = {
    .name = "state.nodes_agree",
    .source = "SPC-4 6.15.2 and 6.15.3",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PR | NEEDS_BOTH_NODES,
    ROWS(rows),
    .run = run,
};
