/* WriteFile with an OVERLAPPED and its event. */
#include "../rights.h"

#include "../behaviour.h"

#include <string.h>

static bool write_file(struct test *test, unsigned row, const uint8_t *data)
{
    struct raw_request write = raw_block(test, row, RAW_WRITE, 1);

    memcpy(write.data, data, write.length);
    return expect_raw(test, right_asking(row), &write,
                      right_of(row)->may_write ? 0 : nt_status_error(NT_STATUS_DEVICE_BUSY));
}

static void run(struct test *test, unsigned row)
{
    check_writing(test, row, write_file);
}

const struct behaviour rights_write_file_overlapped = {
    .name = "rights.write.file_overlapped",
    .source = "SBC-3 4.17; classpnp class.c ClassInterpretSenseInfo (RESERVATION CONFLICT)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_PASS_THROUGH | NEEDS_RAW | NEEDS_DATA,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
