/* PathId, TargetId and Lun are there because the request once went to the adapter. Holdfast does
 * not use them on a disk's handle; what Windows does is an open question. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint8_t unused, path, target, lun;
} rows[] = {
    {"another_lun", 0, 0, 0, 77},
    {"another_target", 0, 0, 77, 0},
    {"another_path", 0, 77, 0, 0},
    {"all_ones", 0xff, 0xff, 0xff, 0xff},
};

static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 0, EVERYWHERE},
    {NT_STATUS_INVALID_PARAMETER, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_NO_SUCH_DEVICE, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_break();

    request.input[4] = rows[row].unused;
    request.input[5] = rows[row].path;
    request.input[6] = rows[row].target;
    request.input[7] = rows[row].lun;
    expect_one_of(test, NODE_1, &request, QUESTION_BREAK_ADDRESS, outcomes, COUNT(outcomes), NULL);
}

/* If the address counted, another unit would be reset. */
const struct behaviour break_address = {
    .name = "break.address",
    .source = "STORAGE_BREAK_RESERVATION_REQUEST's page",
    .needs = NEEDS_CODES | NEEDS_BREAK | NEEDS_CONSENT | NEEDS_BUS_RESET,
    ROWS(rows),
    .run = run,
};
