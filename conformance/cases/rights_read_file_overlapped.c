/* ReadFile with an OVERLAPPED and its event. */
#include "../rights.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    expect_reading_file(test, row, 1);
}

const struct behaviour rights_read_file_overlapped = {
    .name = "rights.read.file_overlapped",
    .source = "SBC-3 4.17; classpnp class.c ClassInterpretSenseInfo (RESERVATION CONFLICT)",
    .needs = NEEDS_CODES | NEEDS_CONSENT | NEEDS_RAW,
    .rows = RIGHT_ROWS,
    .row_name = right_name,
    .row_needs = right_needs,
    .run = run,
};
