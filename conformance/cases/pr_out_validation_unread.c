/* What is not looked at and not passed on: Version, Reserved1, the two bytes behind the parameter
 * list, which 36 bytes of input have room for. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t version;
    uint8_t reserved1, tail;
} rows[] = {
    {"version_0", 0, 0, 0},          {"version_1", 1, 0, 0},
    {"version_36", 36, 0, 0},        {"version_largest", 0xffffffff, 0, 0},
    {"reserved1_1", 12, 0x20, 0},    {"reserved1_4", 12, 0x80, 0},
    {"reserved1_7", 12, 0xe0, 0},    {"bytes_34_and_35", 12, 0, 0xff},
    {"all", 0xffffffff, 0xe0, 0xff},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_pr_out(&enter);

    request_set_version(&request, rows[row].version);
    request.input[8] |= rows[row].reserved1;
    request.input[34] = request.input[35] = rows[row].tail;
    expect_status(test, NODE_1, &request, NT_STATUS_SUCCESS, NULL);
    expect_unit(test, &registered);
}

const struct behaviour pr_out_validation_unread = {
    .name = "pr_out.validation.unread",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
