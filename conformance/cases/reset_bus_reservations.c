/* The bus reset, where there is one: a RESERVE may go with it, a persistent reservation stays.
 * Where there is none, which of its words the driver has for that is an open question. */
#include "../steps.h"
#include "../sweep.h"

#include "../behaviour.h"

enum { LEGACY, PERSISTENT };

static const struct {
    const char *name;
    int kind;
} rows[] = {{"legacy", LEGACY}, {"persistent", PERSISTENT}};

static bool reset_bus(struct test *test, unsigned node, struct answer *answer)
{
    static const struct outcome outcomes[] = {
        {NT_STATUS_SUCCESS, 0, EVERYWHERE},
        {NT_STATUS_IO_DEVICE_ERROR, 0, EVERYWHERE},
        {NT_STATUS_INVALID_DEVICE_REQUEST, 0, ON_WINDOWS | ON_REACTOS},
        {NT_STATUS_NOT_SUPPORTED, 0, ON_WINDOWS | ON_REACTOS},
        {NT_STATUS_NOT_IMPLEMENTED, 0, ON_WINDOWS | ON_REACTOS},
    };
    struct request request = request_plain(IOCTL_STORAGE_RESET_BUS);

    request.input_flags = 0;
    request.input_length = 1; /* STORAGE_BUS_RESET_REQUEST: path 0 */
    return expect_one_of(test, node, &request, QUESTION_RESET_BUS, outcomes, COUNT(outcomes),
                         answer);
}

static void legacy(struct test *test)
{
    const struct request reserve = request_plain(IOCTL_STORAGE_RESERVE);
    struct answer reset, seen;

    if (!expect_plain(test, NODE_2, IOCTL_STORAGE_RESERVE, NT_STATUS_SUCCESS) ||
        !reset_bus(test, NODE_1, &reset))
        return;
    if (!reset.returned) {
        expect_plain(test, NODE_1, IOCTL_STORAGE_RESERVE, NT_STATUS_DEVICE_BUSY);
        return;
    }
    if (ask(test, NODE_1, &reserve, &seen))
        observe(test, QUESTION_RESET_BUS,
                seen.returned ? "the RESERVE of the other is gone"
                              : "the RESERVE of the other stays");
    test->reserved[NODE_2] = !seen.returned;
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state state =
        situation_state(test, NODE_1, OTHER_HOLDS, RESERVATION_TYPE_EXCLUSIVE);

    if (rows[row].kind == LEGACY)
        legacy(test);
    else if (arrange(test, &state) && reset_bus(test, NODE_1, NULL))
        expect_unit(test, &state);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].kind == LEGACY ? NEEDS_LEGACY : NEEDS_PR;
}

const struct behaviour reset_bus_reservations = {
    .name = "reset_bus.reservations",
    .source = "document page IOCTL_STORAGE_RESET_BUS; SPC-4 5.12.5",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_BUS_RESET | NEEDS_BOTH_NODES,
    ROWS(rows),
    .row_needs = row_needs,
    .run = run,
};
