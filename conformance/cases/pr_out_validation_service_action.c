/* Seven service actions pass. All others are refused before anything is sent: REGISTER AND MOVE (7)
 * and REPLACE LOST RESERVATION (8), which disks know, as well as the reserved ones. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <stdio.h>

enum { FIRST = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING + 1, SERVICE_ACTIONS = 32 };

static void run(struct test *test, unsigned row)
{
    const struct unit_state held = {
        {unit_key(test, 1), 0}, NODE_1, RESERVATION_TYPE_WRITE_EXCLUSIVE, NOBODY};
    const struct pr_out out = {.action = (uint8_t)(FIRST + row),
                               .type = RESERVATION_TYPE_WRITE_EXCLUSIVE,
                               .key = unit_key(test, 1)};
    const struct request request = request_pr_out(&out);

    if (arrange(test, &held))
        expect_no_effect(test, &request, NT_STATUS_INVALID_PARAMETER);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "action_%u", FIRST + row);
}

const struct behaviour pr_out_validation_service_action = {
    .name = "pr_out.validation.service_action",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .rows = SERVICE_ACTIONS - FIRST,
    .row_name = row_name,
    .run = run,
};
