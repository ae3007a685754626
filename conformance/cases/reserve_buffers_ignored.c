/* RESERVE and RELEASE look at no buffer and no length, by either name of theirs, and return no
 * byte. A NULL pointer with a length counts as no buffer. */
#include "../behaviour.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t input_length, output_length;
    bool have_input, have_output;
    uint32_t overlapped;
} buffers[] = {
    {"none", 0, 0, false, false, 0},
    {"input_1", 1, 0, true, false, 0},
    {"input_12", 12, 0, true, false, 0},
    {"input_256", 256, 0, true, false, 0},
    {"output_1", 0, 1, false, true, 0},
    {"output_4096", 0, 4096, false, true, 0},
    {"output_65537", 0, 65537, false, true, 0},
    {"both", 36, 64, true, true, 0},
    {"pointers_without_length", 0, 0, true, true, 0},
    {"overlapped", 12, 64, true, true, 1},
};

static const struct {
    const char *name;
    uint32_t reserve, release;
} names[] = {
    {"storage", IOCTL_STORAGE_RESERVE, IOCTL_STORAGE_RELEASE},
    {"disk", IOCTL_DISK_RESERVE, IOCTL_DISK_RELEASE},
};

static void run(struct test *test, unsigned row)
{
    const unsigned at = row % COUNT(buffers);
    struct request request = request_plain(names[row / COUNT(buffers)].reserve);

    memset(request.input, 0xff, sizeof(request.input));
    request.input_length = buffers[at].input_length;
    request.input_flags = buffers[at].have_input ? 0 : NULL_BUFFER;
    request.output_length = buffers[at].output_length;
    request.output_flags = buffers[at].have_output ? 0 : NULL_BUFFER;
    request.overlapped = buffers[at].overlapped;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 0, NULL);
    request.code = names[row / COUNT(buffers)].release;
    expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 0, NULL);
}

static void row_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.%s", names[row / COUNT(buffers)].name,
             buffers[row % COUNT(buffers)].name);
}

const struct behaviour reserve_buffers_ignored = {
    .name = "reserve.buffers_ignored",
    .source = "classpnp class.c ClassDeviceControl",
    .needs = NEEDS_CODES | NEEDS_LEGACY | NEEDS_CONSENT,
    .rows = COUNT(names) * COUNT(buffers),
    .row_name = row_name,
    .run = run,
};
