/* BREAK_RESERVATION of a unit that nobody holds, with requests that are right: a success, without a
 * byte of output. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t input_length;
    uint8_t length[4]; /* as it stands there, little endian */
    uint32_t output_length, overlapped;
} rows[] = {
    {"plain", 8, {8}, 0, 0},           {"longer_input", 64, {8}, 0, 0},
    {"longer_length", 64, {64}, 0, 0}, {"output_buffer", 8, {8}, 64, 0},
    {"overlapped", 8, {8}, 0, 1},
};

static void run(struct test *test, unsigned row)
{
    struct request request = request_break();

    request.input_length = rows[row].input_length;
    for (unsigned i = 0; i < sizeof(rows[row].length); i++)
        request.input[i] = rows[row].length[i];
    request.output_length = rows[row].output_length;
    request.output_flags = rows[row].output_length ? 0 : NULL_BUFFER;
    request.overlapped = rows[row].overlapped;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 0, NULL);
}

const struct behaviour break_validation_accepted = {
    .name = "break.validation.accepted",
    .source = "IOCTL_STORAGE_BREAK_RESERVATION's page",
    .needs = NEEDS_CODES | NEEDS_BREAK | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
