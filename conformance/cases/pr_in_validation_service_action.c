/* Windows lets READ KEYS and READ RESERVATION pass, and none of the 30 other service actions: not
 * REPORT CAPABILITIES (2) and READ FULL STATUS (3) either, which disks know. */
#include "../behaviour.h"

#include <stdio.h>

enum { SERVICE_ACTIONS = 32 };

static void run(struct test *test, unsigned row)
{
    const struct request request = request_pr_in((uint8_t)row, 8);

    if (row <= RESERVATION_ACTION_READ_RESERVATIONS)
        expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 8, NULL);
    else
        expect(test, NODE_1, &request, NT_STATUS_INVALID_PARAMETER, 0, NULL);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "action_%u", row);
}

static uint32_t row_needs(unsigned row)
{
    return row <= RESERVATION_ACTION_READ_RESERVATIONS ? NEEDS_PR : 0;
}

const struct behaviour pr_in_validation_service_action = {
    .name = "pr_in.validation.service_action",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES,
    .rows = SERVICE_ACTIONS,
    .row_name = row_name,
    .run = run,
    .row_needs = row_needs,
};
